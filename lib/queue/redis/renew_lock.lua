-- ARGV: name, token, ms. Only the holder's token renews a lock.
local lock = prefix .. 'processor:lock:' .. ARGV[1]
local is_held = redis.call('TYPE', lock).ok == 'string' and redis.call('GET', lock) == ARGV[2]
if is_held then redis.call('PEXPIRE', lock, ARGV[3]) end
