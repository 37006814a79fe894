-- ARGV: node, maximum. Moves due retries to the left of pending, then ids from the right of pending to
-- the node's active set. Returns the ids that were not active there yet, and values that are not ids.

local node, wanted = ARGV[1], tonumber(ARGV[2])
local active, now = active_of(node), now_ms()

local due = redis.call('ZRANGEBYSCORE', RETRY, '-inf', whole(now), 'LIMIT', 0, DUE_AT_ONCE)
if #due > 0 then
  check_permitted('ZREM', RETRY, '')
  redis.call('LPUSH', PENDING, unpack(due))
  redis.call('ZREM', RETRY, unpack(due))
end

local values = redis.call('LRANGE', PENDING, -wanted, -1)
local ids, garbage, seen = {}, {}, {}
for at = #values, 1, -1 do
  local value = values[at]
  if not is_id(value) then
    garbage[#garbage + 1] = value
  elseif not seen[value] then
    seen[value] = true
    ids[#ids + 1] = value
  end
end

local new = {}
for first = 1, #ids, 1000 do
  local last = math.min(first + 999, #ids)
  for offset, known in ipairs(redis.call('SMISMEMBER', active, unpack(ids, first, last))) do
    if known == 0 then new[#new + 1] = ids[first + offset - 1] end
  end
end
if #ids > 0 then redis.call('ZADD', LEASES, whole(now + LEASE_MS), node) end
variadic('SADD', active, new)
-- Last: until then the ids are still pending, too.
if #values > 0 then redis.call('LTRIM', PENDING, 0, -(#values + 1)) end
return {new, garbage}
