import { redisScript } from "../../runtime/redis_script.ts";
import { PRELUDE } from "./prelude.ts";

/** Answers how many ids are pending, in retry, dead and active. */
export const COUNTS = redisScript(
  PRELUDE,
  `
local active = 0
for _, node in ipairs(redis.call('ZRANGE', LEASES, 0, -1)) do
  active = active + redis.call('SCARD', active_of(node))
end
return {redis.call('LLEN', PENDING), redis.call('ZCARD', RETRY), redis.call('ZCARD', DEAD), active}
`,
);

/** Answers the run id of this Redis unless it has been compared with Postgres. */
export const COLD_EPOCH = redisScript(
  PRELUDE,
  "local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')",
  "return redis.call('GET', prefix .. 'processor:epoch') ~= run_id and run_id or nil",
);

/**
 * Makes sorted sets of the plain lists that an older system left: what was to be retried is due, what
 * was dead died now. Answers what was no id.
 */
export const ADOPT = redisScript(
  PRELUDE,
  `
local garbage = {}
for _, key in ipairs({RETRY, DEAD}) do
  if redis.call('TYPE', key).ok == 'list' then
    local values, now = redis.call('LRANGE', key, 0, -1), whole(now_ms())
    local scored = {}
    for _, value in ipairs(values) do
      if is_id(value) then
        scored[#scored + 1] = now
        scored[#scored + 1] = value
      else
        garbage[#garbage + 1] = value
      end
    end
    redis.call('DEL', key)
    variadic('ZADD', key, scored)
  end
end
return garbage
`,
);
