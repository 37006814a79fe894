-- ARGV: name, token. Only the holder's token releases a lock.
local lock = prefix .. 'processor:lock:' .. ARGV[1]
local is_held = redis.call('TYPE', lock).ok == 'string' and redis.call('GET', lock) == ARGV[2]
if is_held then redis.call('DEL', lock) end
