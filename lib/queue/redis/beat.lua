-- Stores a node's report and renews its lease. Returns early unless a status is to be assembled, which heartbeat.lua
-- then does: a heartbeat that publishes nothing costs the same however many nodes there are.
--
-- ARGV[1]  the channel of the status
-- ARGV[2]  the day of `processed_today`
-- ARGV[3]  the time zone of the day
-- ARGV[4]  the least time between two published statuses, in ms
-- ARGV[5]  "1" when the node reports a change, else it is a heartbeat
-- ARGV[6]  the node's name; absent for a reader
-- ARGV[7]  "1" when the node has articles in flight
-- ARGV[8]  its report as JSON
--
-- Returns the status as JSON (empty when none could be published), 1 when it was published, and the time in ms
-- until a change may be.

local is_change, reporter = ARGV[5] == '1', ARGV[6]
local now = now_ms()
if reporter then
  redis.call('HSET', NODES, reporter, '{"seen_at":' .. whole(now) .. ',' .. string.sub(ARGV[8], 2))
  if ARGV[7] == '1' then redis.call('ZADD', LEASES, whole(now + LEASE_MS), reporter) end
  -- Each command costs as much as the rest of a heartbeat, so most of them call no further one.
  if not is_change then
    local left = number_in(redis.call('HGET', PUBLISHED, 'due_at')) - now
    if left > 0 and left <= BEAT_MS then return {'', 0, 0} end
  end
end

-- The cost of a status grows with the number of nodes, so its rate falls: at most a twentieth of a core.
local window = math.max(tonumber(ARGV[4]), redis.call('HLEN', NODES) * NODE_WINDOW_MS)
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
if reporter and (wait > 0 or (not is_change and since < BEAT_MS)) then
  return {'', 0, is_change and math.ceil(wait) or 0}
end
