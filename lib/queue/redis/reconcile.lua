-- ARGV: node, the ids that it has in progress. Returns how many others were active and are pending now.

local node = ARGV[1]
local in_hand, strays = {}, {}
for at = 2, #ARGV do in_hand[ARGV[at]] = true end
check_returning(node)
for _, id in ipairs(redis.call('SMEMBERS', active_of(node))) do
  if not in_hand[id] then strays[#strays + 1] = id end
end
return_ids(node, strays)
return #strays
