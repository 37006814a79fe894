-- ARGV: states (pending, retry, dead), each followed by an id that is not known to be pending, and the ms until it is
-- due, which counts only for retries. Returns the ids that are missing where such an article belongs: active, in retry
-- in time, or dead.

-- The clocks of database and broker pass at about the same rate.
local LATE_MS = 60000
local now = now_ms()
local nodes = redis.call('ZRANGE', LEASES, 0, -1)

local function is_active(id)
  for _, node in ipairs(nodes) do
    if redis.call('SISMEMBER', active_of(node), id) == 1 then return true end
  end
  return false
end

-- A retry that is due too late was placed before the clock was set back, or by another program.
local function is_in_retry(id, due_in)
  local due_at = redis.call('ZSCORE', RETRY, id)
  return due_at and tonumber(due_at) <= now + math.max(0, due_in) + LATE_MS
end

local missing = {}
for at = 1, #ARGV, 3 do
  local state, id, due_in = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local found
  if state == 'dead' then
    found = redis.call('ZSCORE', DEAD, id)
  else
    found = (state == 'retry' and is_in_retry(id, due_in)) or is_active(id)
  end
  if not found then missing[#missing + 1] = id end
end
return missing
