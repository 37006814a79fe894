-- ARGV: node. Removes it unless it still has active ids; returns their number.

local held = redis.call('SCARD', active_of(ARGV[1]))
if held == 0 then forget(ARGV[1]) end
return held
