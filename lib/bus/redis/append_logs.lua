-- ARGV: the channel, then lines as JSON objects. Numbers them with the microseconds of Redis's clock, so that
-- numbers keep rising even after Redis loses its data; keeps the newest, and publishes each. Returns the new
-- name of a foreign value that was found under the key, if any.

local prefix = KEYS[1]
local recent = prefix .. 'processor:logs:recent'
local found, renamed = redis.call('TYPE', recent).ok, nil
if found ~= 'list' and found ~= 'none' then
  renamed = rename_foreign(recent, redis.call('TIME')[1])
end
-- Fails early: lines that can be added but not trimmed would accumulate without bound.
redis.call('LTRIM', recent, 0, -1)
local time = redis.call('TIME')
local newest = redis.call('LINDEX', recent, 0)
local last = newest and tonumber(string.match(newest, '^{"id":(%d+)')) or 0
local id = math.max(last, time[1] * 1000000 + time[2] - 1)
local lines = {}
for i = 1, #ARGV - 1 do
  lines[i] = '{"id":' .. string.format('%.0f', id + i) .. ',' .. string.sub(ARGV[i + 1], 2)
end
for first = 1, #lines, 1000 do
  redis.call('LPUSH', recent, unpack(lines, first, math.min(first + 999, #lines)))
end
redis.call('LTRIM', recent, 0, KEPT_LINES - 1)
for _, line in ipairs(lines) do redis.call('PUBLISH', ARGV[1], line) end
return renamed
