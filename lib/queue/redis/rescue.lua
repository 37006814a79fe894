-- Returns the nodes that had active ids after the end of their lease, each followed by their number.

local rescued = {}
for _, node in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '-inf', whole(now_ms()))) do
  local ids = requeue_active(node)
  if ids > 0 then
    rescued[#rescued + 1] = node
    rescued[#rescued + 1] = whole(ids)
  end
end
return rescued
