-- ARGV: ids. Removes them from the active sets, the retries and the dead letters, and notes them for drop_removed.lua,
-- which removes them from pending.

variadic('SADD', REMOVED, ARGV)
redis.call('EXPIRE', REMOVED, REMOVED_KEPT_S)
for _, node in ipairs(redis.call('ZRANGE', LEASES, 0, -1)) do
  variadic('SREM', active_of(node), ARGV)
end
variadic('ZREM', RETRY, ARGV)
variadic('ZREM', DEAD, ARGV)
for _, id in ipairs(ARGV) do redis.call('DEL', tries_of(id)) end
