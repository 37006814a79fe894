-- Shared by every script of the queue.
-- KEYS[1] is the prefix: it routes to the right node of a cluster, and every key starts with it.

local prefix = KEYS[1]
local PENDING = prefix .. 'pending:articles'
local RETRY = prefix .. 'pending:articles:retry'
local DEAD = prefix .. 'pending:articles:dead'
local LEASES = prefix .. 'processor:leases'
local NODES = prefix .. 'processor:nodes'
local PLACES = prefix .. 'processor:places'
local STATS = prefix .. 'processor:stats'
local STATUS = prefix .. 'processor:status'
local REMOVED = prefix .. 'processor:removed'
local COMMITS = prefix .. 'processor:commits'
local PUBLISHED = prefix .. 'processor:published'
local function active_of(node) return prefix .. 'processor:active:' .. node end
local function tries_of(id) return prefix .. 'processor:retry:' .. id end

-- Lua would format a large number as 1.7e+12.
local function whole(number) return string.format('%.0f', number) end
local function hundredths(number) return string.format('%.14g', math.floor(number * 100 + 0.5) / 100) end

-- A stored number; 0 if it is none. Lua would also read "nan" and "inf", which JSON has not.
local function number_in(value)
  local number = tonumber(value or 0)
  return number and number - number == 0 and number or 0
end

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Removes a node that holds nothing from the list.
local function forget(node)
  redis.call('HDEL', NODES, node)
  redis.call('HDEL', PLACES, node)
  redis.call('ZREM', LEASES, node)
end

-- Calls a command without effect, to fail early where the user lacks the right to it: a failing script is not
-- rolled back.
local function check_permitted(...) redis.call(...) end

-- Calls a variadic command with a thousand arguments at a time, since unpack has a limit.
local function variadic(command, key, arguments)
  for first = 1, #arguments, 1000 do
    redis.call(command, key, unpack(arguments, first, math.min(first + 999, #arguments)))
  end
end

-- Ids are strings of digits without leading zeros, at most JavaScript's largest safe integer.
local function is_id(value)
  return string.match(value, '^[1-9]%d*$') ~= nil
    and (#value < 16 or (#value == 16 and value <= '9007199254740991'))
end
