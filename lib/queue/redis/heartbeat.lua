-- Renews a node's lease and heartbeat, and publishes the cluster's status when it is due.
--
-- ARGV[1]  the channel of the status
-- ARGV[2]  the day of `processed_today`
-- ARGV[3]  the time zone of the day
-- ARGV[4]  the least time between two published statuses, in ms
-- ARGV[5]  "1" when the node reports a change, else it is a heartbeat
-- ARGV[6]  the node's name; absent for a reader
-- ARGV[7]  "1" when the node takes articles
-- ARGV[8]  its report as JSON
--
-- Returns the status as JSON (empty when none could be published), 1 when it was published, and the time in ms
-- until a change may be.

local channel, day, zone, window, is_change = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'
local reporter, takes, report = ARGV[6], ARGV[7], ARGV[8]
local now = now_ms()
if reporter then
  redis.call('HSET', NODES, reporter, '{"seen_at":' .. whole(now) .. ',' .. string.sub(report, 2))
  if takes == '1' then redis.call('ZADD', LEASES, whole(now + LEASE_MS), reporter) end
end

-- The cost of a status grows with the number of nodes, so its rate falls: at most a twentieth of a core.
window = math.max(window, redis.call('HLEN', NODES) * NODE_WINDOW_MS)
local published = redis.call('HMGET', PUBLISHED, 'seq', 'at', 'digest', 'taken_until', 'loss_at')
-- Sequence numbers keep rising even after the broker lost its data.
local seq = number_in(published[1])
if seq == 0 then seq = now end
local since = now - number_in(published[2])
local taken_until = number_in(published[4])
-- A clock that was set back must not block publishing.
if since < 0 then since = math.huge end
if taken_until > now + 2 * window then taken_until = 0 end
local wait = math.max(0, taken_until - window - now)
-- A node that has not reported since the last status is lost from then on, which is a change.
local loss_at = number_in(published[5])
if loss_at > 0 and now > loss_at then is_change = true end
-- The cost of a heartbeat that publishes nothing is independent of the number of nodes.
if reporter and (wait > 0 or (not is_change and since < BEAT_MS)) then
  return {'', 0, is_change and math.ceil(wait) or 0}
end

-- Returns the report in a row; nil if another program wrote something else.
local function row_of(text)
  local readable, row = pcall(cjson.decode, text)
  if not readable or type(row) ~= 'table' then return nil end
  for _, field in ipairs({'seen_at', 'workers', 'in_flight', 'speed'}) do
    if type(row[field]) ~= 'number' then return nil end
  end
  return row
end

local texts, names = {}, {}
local stored = redis.call('HGETALL', NODES)
for i = 1, #stored, 2 do
  names[#names + 1] = stored[i]
  texts[stored[i]] = stored[i + 1]
end
table.sort(names)

local running, workers, in_flight, held_by_lost, speed = false, 0, 0, 0, 0
local node_sums = {}
local newest, nodes, outline, cluster = nil, {}, {}, new_cluster()
local quietest_at = math.huge
for _, name in ipairs(names) do
  local row = row_of(texts[name])
  local silence = row and now - row.seen_at or math.huge
  local lost = silence > ALIVE_MS
  local held = nil
  if lost then held = held_by(name) end
  -- The leases were lost with their key: what the node holds is rescued in the next round.
  if held and held > 0 and silence > LEASE_MS and not redis.call('ZSCORE', LEASES, name) then
    redis.call('ZADD', LEASES, whole(now), name)
  end
  if silence > FORGOTTEN_MS and (held == 0 or not row) then
    forget(name)
  else
    if lost then
      -- Its last report is outdated: its active set has the ids that it still holds.
      row.in_flight = held
      held_by_lost = held_by_lost + held
      cluster.add_lost()
    else
      cluster.add_live(row)
      quietest_at = math.min(quietest_at, row.seen_at)
      running = running or (row.running and row.role ~= 'web')
      workers = workers + row.workers
      speed = speed + row.speed
      for i, sum in ipairs(NODE_SUMS) do
        local value = row[sum[2]]
        node_sums[i] = (node_sums[i] or 0) + (type(value) == 'number' and value or 0)
      end
      local failed = type(row.last_error) == 'table' and type(row.last_error.at) == 'number' and row.last_error
      if failed and (not newest or failed.at > newest.at) then newest = failed end
    end
    in_flight = in_flight + row.in_flight
    nodes[#nodes + 1] = {name = name, text = texts[name], held = held, rank = rank_of(row, held)}
    outline[#outline + 1] = table.concat({name, tostring(row.role), tostring(row.running), row.workers,
      row.in_flight, row.speed, tostring(lost), tostring(row.paused), tostring(row.settings)}, ' ')
  end
end

local stats = redis.call('HMGET', STATS, 'total_processed', 'total_failed', 'total_retried', 'avg_processing_ms')
local function json_number(value) return whole(number_in(value)) end
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
local sums_json = ''
for i, sum in ipairs(NODE_SUMS) do
  sums_json = sums_json .. ',"' .. sum[1] .. '":' .. hundredths(node_sums[i] or 0)
end
local status = '{' .. table.concat(parts, ',')
  .. ',"in_flight":' .. whole(in_flight)
  .. ',"time_zone":' .. cjson.encode(zone)
  .. ',"held_by_lost":' .. whole(held_by_lost)
  .. sums_json
  .. ',"failed_total":' .. json_number(stats[2])
  .. ',"retried_total":' .. json_number(stats[3])
  .. ',"avg_processing_ms":' .. hundredths(number_in(stats[4]))
local digest = redis.sha1hex(status .. table.concat(outline, '\n'))

if reporter then
  redis.call('HSET', PUBLISHED, 'loss_at', quietest_at < math.huge and whole(quietest_at + ALIVE_MS) or '0')
end

local changed = is_change and digest ~= published[3]
local publish = (changed or since >= BEAT_MS) and wait == 0
if publish then seq = seq + 1 end
local compared = redis.call('GET', prefix .. 'processor:comparison')
local comparison = compared and pcall(cjson.decode, compared) and ',"comparison":' .. compared or ''
local message = status .. comparison .. ',"cluster":' .. cluster.json()
  .. ',"nodes":[' .. table.concat(listed(nodes), ',') .. '],"seq":' .. whole(seq) .. ',"at":' .. whole(now) .. '}'
if publish then
  -- First: where it is refused, every heartbeat fails, rather than only those that are due to publish.
  redis.call('PUBLISH', channel, message)
  redis.call('HSET', PUBLISHED, 'seq', whole(seq), 'at', whole(now), 'digest', digest,
    'taken_until', whole(math.max(taken_until, now) + window))
  nine[#nine] = newest and newest.message or ''
  redis.call('HSET', STATUS, 'updated_at', whole(now), unpack(nine))
end
return {message, publish and 1 or 0, (changed and not publish) and math.ceil(wait) or 0}
