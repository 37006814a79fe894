-- ARGV: retry or dead, a cursor, how many to read. Removes values that are not ids. Returns the next cursor, the ids,
-- and what was removed.

local key = ARGV[1] == 'retry' and RETRY or DEAD
local next, flat = unpack(redis.call('ZSCAN', key, ARGV[2], 'COUNT', ARGV[3]))
local ids, garbage = {}, {}
for at = 1, #flat, 2 do
  local to = is_id(flat[at]) and ids or garbage
  to[#to + 1] = flat[at]
end
variadic('ZREM', key, garbage)
return {next, ids, garbage}
