import { redisScript } from "../../runtime/redis_script.ts";
import { PRELUDE } from "./prelude.ts";

const KEPT_S = 2 * 86_400;

/**
 * `raise_tally(first)` reads a tally (node, day, processed, failed, retried, elapsed ms) from ARGV and
 * raises what is kept of it; it answers by how much. `set_totals(totals)` writes the four totals.
 */
export const TOTALS = `
local COUNTS = {'processed', 'failed', 'retried', 'elapsed'}

local function read_totals()
  local values = redis.call('HMGET', STATS, 'total_processed', 'total_failed', 'total_retried', 'total_elapsed_ms')
  for i = 1, 4 do values[i] = tonumber(values[i] or 0) or 0 end
  return values
end

local function set_totals(totals)
  local average = totals[1] > 0 and totals[4] / totals[1] or 0
  redis.call('HSET', STATS, 'total_processed', whole(totals[1]), 'total_failed', whole(totals[2]),
    'total_retried', whole(totals[3]), 'total_elapsed_ms', string.format('%.3f', totals[4]),
    'avg_processing_ms', hundredths(average), 'updated_at', whole(now_ms()))
end

local function tally_of(day) return prefix .. 'processor:tally:' .. day end

local function raise_tally(first)
  local node, day = ARGV[first], ARGV[first + 1]
  local fields, raised, grown, any = {}, {}, {}, false
  for i, count in ipairs(COUNTS) do fields[i] = node .. '|' .. count end
  local old = redis.call('HMGET', tally_of(day), unpack(fields))
  for i = 1, 4 do
    local before, after = tonumber(old[i] or 0) or 0, tonumber(ARGV[first + 1 + i])
    grown[i] = math.max(0, after - before)
    if grown[i] > 0 then
      any = true
      raised[#raised + 1] = fields[i]
      raised[#raised + 1] = ARGV[first + 1 + i]
    end
  end
  if any and redis.call('HSET', tally_of(day), unpack(raised)) > 0 then
    redis.call('EXPIRE', tally_of(day), ${KEPT_S})
  end
  if grown[1] > 0 then
    local processed = prefix .. 'processor:processed:' .. day
    if redis.call('INCRBY', processed, whole(grown[1])) == grown[1] then
      redis.call('EXPIRE', processed, ${KEPT_S})
    end
  end
  return grown, any
end
`;

/**
 * ARGV: processed, failed, retried and elapsed ms of older days, then tallies, six values each. A total
 * only rises: what the broker still knows beyond that is not forgotten.
 */
export const RESTORE_TOTALS = redisScript(
  PRELUDE,
  TOTALS,
  `
local sums, days = {}, {}
for i = 1, 4 do sums[i] = tonumber(ARGV[i]) end
for first = 5, #ARGV, 6 do
  raise_tally(first)
  days[ARGV[first + 1]] = true
end
for day in pairs(days) do
  local kept = redis.call('HGETALL', tally_of(day))
  for at = 1, #kept, 2 do
    for i, count in ipairs(COUNTS) do
      if string.match(kept[at], '|(%l+)$') == count then sums[i] = sums[i] + tonumber(kept[at + 1]) end
    end
  end
end
local totals = read_totals()
for i = 1, 4 do totals[i] = math.max(totals[i], sums[i]) end
set_totals(totals)
`,
);
