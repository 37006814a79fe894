-- Assembles the cluster's status after beat.lua, and publishes it when it is due.

-- Returns the fields in a JSON text; nil if they are not those of a report.
local function decoded(text)
  local readable, row = pcall(cjson.decode, text)
  if not readable or type(row) ~= 'table' then return nil end
  if type(row.seen_at) == 'number' and type(row.workers) == 'number'
    and type(row.in_flight) == 'number' and type(row.speed) == 'number' then return row end
  return nil
end

-- Returns what the status reads of the report in a row; nil if another program wrote something else.
local function row_of(text)
  -- Decoding the rest would take longer than everything else. Quotes in a string are escaped, so this is a field.
  local cut = string.find(text, ',"node":', 1, true)
  -- A node of an older version puts the fields in another order.
  return cut and decoded(string.sub(text, 1, cut - 1) .. '}') or decoded(text)
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
local newest, outline, cluster = nil, {}, new_cluster()
local ranked = {}
for rank = 1, RANKS do ranked[rank] = {} end
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
    local same_rank = ranked[rank_of(row, held)]
    same_rank[#same_rank + 1] = {name, texts[name], held}
    if is_change then
      outline[#outline + 1] = table.concat({name, tostring(row.role), tostring(row.running), row.workers,
        row.in_flight, row.speed, tostring(lost), tostring(row.paused), tostring(row.settings)}, ' ')
    end
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
  'processed_today', json_number(redis.call('GET', prefix .. 'processor:processed:' .. ARGV[2])),
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
  .. ',"time_zone":' .. cjson.encode(ARGV[3])
  .. ',"held_by_lost":' .. whole(held_by_lost)
  .. sums_json
  .. ',"failed_total":' .. json_number(stats[2])
  .. ',"retried_total":' .. json_number(stats[3])
  .. ',"avg_processing_ms":' .. hundredths(number_in(stats[4]))
-- A heartbeat spares itself this: the first change after it is published whatever it changes.
local digest = is_change and redis.sha1hex(status .. table.concat(outline, '\n')) or ''

local changed = is_change and digest ~= published[3]
local publish = (changed or since >= BEAT_MS) and wait == 0
if publish then seq = seq + 1 end
local compared = redis.call('GET', prefix .. 'processor:comparison')
local comparison = compared and pcall(cjson.decode, compared) and ',"comparison":' .. compared or ''
local message = status .. comparison .. ',"cluster":' .. cluster.json()
  .. ',"nodes":[' .. table.concat(listed(ranked), ',') .. '],"seq":' .. whole(seq) .. ',"at":' .. whole(now) .. '}'
if publish then
  -- First: where it is refused, every heartbeat fails, rather than only those that are due to publish.
  redis.call('PUBLISH', ARGV[1], message)
  redis.call('HSET', PUBLISHED, 'seq', whole(seq), 'at', whole(now), 'digest', digest,
    'taken_until', whole(math.max(taken_until, now) + window))
  nine[#nine] = newest and newest.message or ''
  redis.call('HSET', STATUS, 'updated_at', whole(now), unpack(nine))
end
if reporter then
  local beat_at = publish and now + BEAT_MS or now - since + BEAT_MS
  redis.call('HSET', PUBLISHED, 'loss_at', quietest_at < math.huge and whole(quietest_at + ALIVE_MS) or '0',
    'due_at', whole(math.max(0, math.min(beat_at, quietest_at + ALIVE_MS + 1))))
end
return {message, publish and 1 or 0, (changed and not publish) and math.ceil(wait) or 0}
