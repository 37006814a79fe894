-- ARGV: node. Returns the number of returned ids.
return requeue_active(ARGV[1])
