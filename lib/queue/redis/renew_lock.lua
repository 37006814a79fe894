-- ARGV: name, token, ms. Only the holder's token renews a lock.
local lock = prefix .. 'processor:lock:' .. ARGV[1]
if redis.call('GET', lock) == ARGV[2] then redis.call('PEXPIRE', lock, ARGV[3]) end
