import { redisScript } from "../../runtime/redis_script.ts";
import { DUE_AT_ONCE, LEASE_MS } from "../timing.ts";
import { PRELUDE } from "./prelude.ts";

/**
 * ARGV: node, how many. Moves due retries to the left of pending, then ids from the right of pending to
 * the node's active set. Answers the ids that were not active there yet, and what was no id.
 */
export const TAKE = redisScript(
  PRELUDE,
  `
local node, wanted = ARGV[1], ARGV[2]
local now = now_ms()
local due = redis.call('ZRANGEBYSCORE', RETRY, '-inf', whole(now), 'LIMIT', 0, ${DUE_AT_ONCE})
if #due > 0 then
  redis.call('ZREM', RETRY, unpack(due))
  redis.call('LPUSH', PENDING, unpack(due))
end

local taken, garbage, seen = {}, {}, {}
for _, value in ipairs(redis.call('RPOP', PENDING, wanted) or {}) do
  if not is_id(value) then
    garbage[#garbage + 1] = value
  elseif not seen[value] then
    seen[value] = true
    taken[#taken + 1] = value
  end
end
if #taken == 0 then return {taken, garbage} end

local active, new = active_of(node), {}
for first = 1, #taken, 1000 do
  local last = math.min(first + 999, #taken)
  for offset, known in ipairs(redis.call('SMISMEMBER', active, unpack(taken, first, last))) do
    if known == 0 then new[#new + 1] = taken[first + offset - 1] end
  end
end
variadic('SADD', active, new)
redis.call('ZADD', LEASES, whole(now + ${LEASE_MS}), node)
return {new, garbage}
`,
);
