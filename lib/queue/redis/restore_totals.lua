-- ARGV: processed, failed, retried and elapsed ms of older days, then tallies, six values each. Totals are
-- monotonic: larger values in the broker are kept.

local sums, days = {}, {}
for i = 1, 4 do sums[i] = tonumber(ARGV[i]) end
for first = 5, #ARGV, 6 do
  raise_tally(first)
  days[ARGV[first + 1]] = true
end
for day in pairs(days) do
  local kept, processed = redis.call('HGETALL', tally_of(day)), 0
  for at = 1, #kept, 2 do
    local name, value = string.match(kept[at], '|(%l+)$'), number_in(kept[at + 1])
    for i, count in ipairs(COUNTS) do
      if name == count then sums[i] = sums[i] + value end
    end
    if name == 'processed' then processed = processed + value end
  end
  if processed > processed_on(day) then set_processed(day, processed) end
end
local totals = read_totals()
for i = 1, 4 do totals[i] = math.max(totals[i], sums[i]) end
set_totals(totals)
