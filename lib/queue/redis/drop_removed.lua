-- ARGV: a number of values. Moves so many from the right of pending to its left, without those that remove.lua
-- noted. Once the whole list has moved, its order is the same.

local values = redis.call('LRANGE', PENDING, -tonumber(ARGV[1]), -1)
local is_removed = {}
for first = 1, #values, 1000 do
  local last = math.min(first + 999, #values)
  for _, removed in ipairs(redis.call('SMISMEMBER', REMOVED, unpack(values, first, last))) do
    is_removed[#is_removed + 1] = removed == 1
  end
end
local kept = {}
for at = #values, 1, -1 do
  if not is_removed[at] then kept[#kept + 1] = values[at] end
end
check_permitted('LTRIM', PENDING, 0, -1)
variadic('LPUSH', PENDING, kept)
redis.call('LTRIM', PENDING, 0, -(#values + 1))
