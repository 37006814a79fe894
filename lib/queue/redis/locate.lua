-- ARGV: states (pending, retry, dead), each followed by an id that is not known to be pending. Returns the
-- ids that are missing where such an article belongs: active, in retry or dead.

local nodes = redis.call('ZRANGE', LEASES, 0, -1)

local function is_active(id)
  for _, node in ipairs(nodes) do
    if redis.call('SISMEMBER', active_of(node), id) == 1 then return true end
  end
  return false
end

local missing = {}
for at = 1, #ARGV, 2 do
  local state, id = ARGV[at], ARGV[at + 1]
  local found
  if state == 'dead' then
    found = redis.call('ZSCORE', DEAD, id)
  else
    found = (state == 'retry' and redis.call('ZSCORE', RETRY, id)) or is_active(id)
  end
  if not found then missing[#missing + 1] = id end
end
return missing
