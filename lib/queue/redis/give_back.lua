-- ARGV: node. Returns the number of returned ids.
return give_back(ARGV[1])
