import { redisScript } from "../../runtime/redis_script.ts";
import type { NodeReport } from "../queue.ts";
import { ALIVE_MS, BEAT_MS, FORGOTTEN_MS, LEASE_MS } from "../timing.ts";
import { PRELUDE } from "./prelude.ts";

/**
 * ARGV: day, window (ms), "1" for news, and for a node that reports: its name, "1" when it takes
 * articles, its report as JSON. Answers the status as JSON, 1 when it was published, and how long to wait
 * before it may be.
 *
 * Rows are kept and sent as the text that they came in: Lua would make an object of an empty array.
 */
export const REPORT = redisScript(
  PRELUDE,
  `
local day, window, news = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'
local reporter, takes, report = ARGV[4], ARGV[5], ARGV[6]
local now = now_ms()
if reporter then
  redis.call('HSET', NODES, reporter, '{"seen_at":' .. whole(now) .. ',' .. string.sub(report, 2))
  if takes == '1' then redis.call('ZADD', LEASES, whole(now + ${LEASE_MS}), reporter) end
end

local texts, names = {}, {}
local stored = redis.call('HGETALL', NODES)
for i = 1, #stored, 2 do
  names[#names + 1] = stored[i]
  texts[stored[i]] = stored[i + 1]
end
table.sort(names)

local running, workers, in_flight, speed = false, 0, 0, 0
local newest, rows, outline = nil, {}, {}
for _, name in ipairs(names) do
  local readable, row = pcall(cjson.decode, texts[name])
  local silence = readable and now - row.seen_at or math.huge
  if silence > ${FORGOTTEN_MS} then
    redis.call('HDEL', NODES, name)
  else
    local lost = silence > ${ALIVE_MS}
    if not lost then
      running = running or (row.running and row.role ~= 'web')
      workers = workers + row.workers
      in_flight = in_flight + row.in_flight
      speed = speed + row.speed
      local failed = type(row.last_error) == 'table' and row.last_error
      if failed and (not newest or failed.at > newest.at) then newest = failed end
    end
    rows[#rows + 1] = string.sub(texts[name], 1, -2) .. ',"lost":' .. tostring(lost) .. '}'
    outline[#outline + 1] = table.concat({name, row.role, tostring(row.running), row.workers,
      row.in_flight, row.speed, tostring(lost), tostring(row.paused), tostring(row.settings)}, ' ')
  end
end

local stats = redis.call('HMGET', STATS, 'total_processed', 'total_failed', 'total_retried', 'avg_processing_ms')
local function json_number(value) return whole(tonumber(value or 0) or 0) end
local nine = {
  'running', tostring(running),
  'workers', whole(workers),
  'queue_pending', whole(redis.call('LLEN', PENDING)),
  'queue_retry', whole(redis.call('ZCARD', RETRY)),
  'queue_dead', whole(redis.call('ZCARD', DEAD)),
  'processed_total', json_number(stats[1]),
  'processed_today', json_number(redis.call('GET', prefix .. 'processor:processed:' .. day)),
  'speed', hundredths(speed),
  'last_error', newest and cjson.encode(newest.message) or 'null',
}
local parts = {}
for i = 1, #nine, 2 do parts[#parts + 1] = '"' .. nine[i] .. '":' .. nine[i + 1] end
local status = '{' .. table.concat(parts, ',')
  .. ',"in_flight":' .. whole(in_flight)
  .. ',"failed_total":' .. json_number(stats[2])
  .. ',"retried_total":' .. json_number(stats[3])
  .. ',"avg_processing_ms":' .. hundredths(tonumber(stats[4] or 0) or 0)
local digest = redis.sha1hex(status .. table.concat(outline, '\\n'))

local published = redis.call('HMGET', PUBLISHED, 'seq', 'at', 'digest', 'taken_until')
-- Numbers go on rising even over a broker that came back empty.
local seq = tonumber(published[1] or now)
local since = now - tonumber(published[2] or 0)
local taken_until = tonumber(published[4] or 0)
-- A clock that was set back must not silence the stream.
if since < 0 then since = math.huge end
if taken_until > now + 2 * window then taken_until = 0 end
local wait = math.max(0, taken_until - window - now)
local changed = news and digest ~= published[3]
local publish = (changed or since >= ${BEAT_MS}) and wait == 0
if publish then seq = seq + 1 end
local message = status .. ',"nodes":[' .. table.concat(rows, ',') .. '],"seq":' .. whole(seq)
  .. ',"at":' .. whole(now) .. '}'
if publish then
  redis.call('HSET', PUBLISHED, 'seq', whole(seq), 'at', whole(now), 'digest', digest,
    'taken_until', whole(math.max(taken_until, now) + window))
  nine[#nine] = newest and newest.message or ''
  redis.call('HSET', STATUS, 'updated_at', whole(now), unpack(nine))
  redis.call('PUBLISH', prefix .. 'processor:status:realtime', message)
end
return {message, publish and 1 or 0, (changed and not publish) and wait or 0}
`,
);

/** A node's report as the script reads it; nothing for one that only looks. */
export function reportArguments(report: NodeReport | null): string[] {
  if (report === null) return [];
  const { detail, ...own } = report;
  const json = JSON.stringify(
    { ...detail, ...own, seen_at: undefined, lost: undefined },
    // Half a surrogate pair would be refused by the broker's parser.
    (_, value) => typeof value === "string" ? value.toWellFormed() : value,
  );
  return [report.node, report.role === "web" ? "0" : "1", json];
}
