-- The part of the shared functions that a heartbeat needs: each one that a script declares costs time in every call.
-- KEYS[1] is the prefix: it routes to the right node of a cluster, and every key starts with it.

local prefix = KEYS[1]
local LEASES = prefix .. 'processor:leases'
local NODES = prefix .. 'processor:nodes'
local PUBLISHED = prefix .. 'processor:published'

-- Lua would format a large number as 1.7e+12.
local function whole(number) return string.format('%.0f', number) end

-- A stored number; 0 if it is none. Lua would also read "nan" and "inf", which JSON has not.
local function number_in(value)
  local number = tonumber(value or 0)
  return number and number - number == 0 and number or 0
end

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
