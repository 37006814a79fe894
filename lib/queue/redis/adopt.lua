-- Converts plain lists of an older system to sorted sets: retries are due, dead letters died now. Returns
-- values that are not ids.

local garbage = {}
for _, key in ipairs({RETRY, DEAD}) do
  if redis.call('TYPE', key).ok == 'list' then
    local values, now = redis.call('LRANGE', key, 0, -1), whole(now_ms())
    local scored = {}
    for _, value in ipairs(values) do
      if is_id(value) then
        scored[#scored + 1] = now
        scored[#scored + 1] = value
      else
        garbage[#garbage + 1] = value
      end
    end
    if #scored > 0 then
      -- The list stays until the sorted set takes its place in one step.
      redis.call('DEL', key .. ':adopted')
      variadic('ZADD', key .. ':adopted', scored)
      redis.call('RENAME', key .. ':adopted', key)
    else
      redis.call('DEL', key)
    end
  end
end
return garbage
