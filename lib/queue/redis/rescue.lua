-- Returns the nodes that had active ids after the end of their lease, each followed by their number.

local now = now_ms()
-- A lease that ends later than any that is given is from before the clock was set back, or from another program.
for _, node in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '(' .. whole(now + 2 * LEASE_MS), '+inf')) do
  redis.call('ZADD', LEASES, whole(now + LEASE_MS), node)
end

local rescued = {}
for _, node in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '-inf', whole(now))) do
  local ids = requeue_active(node)
  if ids > 0 then
    rescued[#rescued + 1] = node
    rescued[#rescued + 1] = whole(ids)
  end
end
return rescued
