/**
 * Functions that the scripts share. The only key that a script is given is the prefix itself: it
 * leads to the right node of a cluster, and all names begin with it, so that all lie on that node.
 */
export const PRELUDE = `
local prefix = KEYS[1]
local PENDING = prefix .. 'pending:articles'
local RETRY = prefix .. 'pending:articles:retry'
local DEAD = prefix .. 'pending:articles:dead'
local LEASES = prefix .. 'processor:leases'
local NODES = prefix .. 'processor:nodes'
local STATS = prefix .. 'processor:stats'
local STATUS = prefix .. 'processor:status'
local PUBLISHED = prefix .. 'processor:published'
local function active_of(node) return prefix .. 'processor:active:' .. node end
local function tries_of(id) return prefix .. 'processor:retry:' .. id end

-- Lua would write a large number as 1.7e+12.
local function whole(number) return string.format('%.0f', number) end
local function hundredths(number) return string.format('%.14g', math.floor(number * 100 + 0.5) / 100) end

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Calls a command that takes any number of arguments, a thousand at a time: unpack has a limit.
local function variadic(command, key, arguments)
  for first = 1, #arguments, 1000 do
    redis.call(command, key, unpack(arguments, first, math.min(first + 999, #arguments)))
  end
end

-- Ids travel as strings: digits, no leading zero, no more than JavaScript can count.
local function is_id(value)
  return string.match(value, '^[1-9]%d*$') ~= nil
    and (#value < 16 or (#value == 16 and value <= '9007199254740991'))
end
`;
