-- Returns the numbers of pending, retry, dead and active ids.

local active = 0
for _, node in ipairs(redis.call('ZRANGE', LEASES, 0, -1)) do
  active = active + redis.call('SCARD', active_of(node))
end
return {redis.call('LLEN', PENDING), redis.call('ZCARD', RETRY), redis.call('ZCARD', DEAD), active}
