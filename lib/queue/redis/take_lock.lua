-- ARGV: name, token, ms. Returns 1 when the lock is taken, 0 while another node holds it. What does not expire is no
-- lock, but another program's value.
local lock = prefix .. 'processor:lock:' .. ARGV[1]
if redis.call('PTTL', lock) > 0 and redis.call('TYPE', lock).ok == 'string' then return 0 end
redis.call('SET', lock, ARGV[2], 'PX', ARGV[3])
return 1
