-- ARGV: name, token. Only the holder's token releases a lock.
local lock = prefix .. 'processor:lock:' .. ARGV[1]
if redis.call('GET', lock) == ARGV[2] then redis.call('DEL', lock) end
