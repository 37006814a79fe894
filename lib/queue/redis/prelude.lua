-- Shared by every script of the queue, after clock.lua.

local PENDING = prefix .. 'pending:articles'
local RETRY = prefix .. 'pending:articles:retry'
local DEAD = prefix .. 'pending:articles:dead'
local PLACES = prefix .. 'processor:places'
local STATS = prefix .. 'processor:stats'
local STATUS = prefix .. 'processor:status'
local REMOVED = prefix .. 'processor:removed'
local COMMITS = prefix .. 'processor:commits'
local function active_of(node) return prefix .. 'processor:active:' .. node end
local function tries_of(id) return prefix .. 'processor:retry:' .. id end

local function hundredths(number) return string.format('%.14g', math.floor(number * 100 + 0.5) / 100) end

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
