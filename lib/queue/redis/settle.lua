-- ARGV: node, a tally with what it added (ten values, the first empty for none), a placement.

local active = active_of(ARGV[1])
local ids, ours, leaving = {}, {}, {}
each_placed(12, function(_, id) ids[#ids + 1] = id end)
for first = 1, #ids, 1000 do
  local last = math.min(first + 999, #ids)
  for offset, held in ipairs(redis.call('SMISMEMBER', active, unpack(ids, first, last))) do
    local id = ids[first + offset - 1]
    if held == 1 and not ours[id] then
      ours[id] = true
      leaving[#leaving + 1] = id
    end
  end
end
-- First, since raising the counters is idempotent.
if ARGV[2] ~= '' then
  local grown, any = raise_tally(2, 8)
  if any then
    add_processed(ARGV[3], grown[1])
    local totals = read_totals()
    for i = 1, 4 do totals[i] = totals[i] + grown[i] end
    set_totals(totals)
  end
end
raise_commits(12)
if #leaving > 0 then
  check_permitted('SREM', active, '')
  place(12, ours)
  variadic('SREM', active, leaving)
end
