-- ARGV: node, place. Returns 1 when this place has claimed the name, 0 while a node at another place is
-- alive under it.

local node, place = ARGV[1], ARGV[2]
local holder = redis.call('HGET', PLACES, node)
if holder and holder ~= place then
  local readable, row = pcall(cjson.decode, redis.call('HGET', NODES, node) or '')
  local seen_at = readable and type(row) == 'table' and tonumber(row.seen_at) or 0
  if now_ms() - seen_at <= ALIVE_MS then return 0 end
end
redis.call('HSET', PLACES, node, place)
return 1
