import { redisScript } from "../../runtime/redis_script.ts";
import { PRELUDE } from "./prelude.ts";

const RETURNING = `
-- Moves a node's active ids to the right of pending, so that they are the next to be taken.
local function give_back(node)
  local ids = redis.call('SMEMBERS', active_of(node))
  variadic('RPUSH', PENDING, ids)
  redis.call('DEL', active_of(node))
  redis.call('ZREM', LEASES, node)
  return #ids
end
`;

/** ARGV: node. Answers how many ids went back. */
export const GIVE_BACK = redisScript(PRELUDE, RETURNING, "return give_back(ARGV[1])");

/** Answers the nodes that held ids past the end of their lease, each followed by how many. */
export const RESCUE = redisScript(
  PRELUDE,
  RETURNING,
  `
local rescued = {}
for _, node in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '-inf', whole(now_ms()))) do
  local ids = give_back(node)
  if ids > 0 then
    rescued[#rescued + 1] = node
    rescued[#rescued + 1] = whole(ids)
  end
end
return rescued
`,
);

/** ARGV: node. Forgets it unless it still holds ids; answers how many it does. */
export const LEAVE = redisScript(
  PRELUDE,
  `
local held = redis.call('SCARD', active_of(ARGV[1]))
if held == 0 then
  redis.call('HDEL', NODES, ARGV[1])
  redis.call('ZREM', LEASES, ARGV[1])
end
return held
`,
);
