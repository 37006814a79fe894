import { redisScript } from "../../runtime/redis_script.ts";
import type { Placement, Tally } from "../queue.ts";
import { PRELUDE } from "./prelude.ts";
import { TOTALS } from "./totals.ts";

const TRIES_KEPT_S = 86_400;
const PART = 5_000;

/**
 * `each_placed(first, visit)` reads what `placementArguments` wrote, from ARGV[first] on;
 * `place(first, ours)` puts the ids, or only those in the set `ours`, where they belong and nowhere else.
 */
const PLACING = `
-- Calls visit(kind, id, time, tries) for each id.
local function each_placed(first, visit)
  local at = first + 4
  for kind, width in ipairs({1, 3, 2, 1}) do
    for _ = 1, tonumber(ARGV[first + kind - 1]) do
      visit(kind, ARGV[at], ARGV[at + 1], ARGV[at + 2])
      at = at + width
    end
  end
end

local function place(first, ours)
  local seen, pending, retry, dead = {}, {}, {}, {}
  local not_retry, not_dead, tried = {}, {}, {}
  each_placed(first, function(kind, id, time, tries)
    if seen[id] or (ours and not ours[id]) then return end
    seen[id] = true
    if kind == 1 then
      pending[#pending + 1] = id
    elseif kind == 2 then
      retry[#retry + 1] = time
      retry[#retry + 1] = id
      redis.call('SET', tries_of(id), tries, 'EX', ${TRIES_KEPT_S})
    elseif kind == 3 then
      dead[#dead + 1] = time
      dead[#dead + 1] = id
    end
    if kind ~= 2 then
      not_retry[#not_retry + 1] = id
      tried[#tried + 1] = tries_of(id)
    end
    if kind ~= 3 then not_dead[#not_dead + 1] = id end
  end)
  variadic('ZREM', RETRY, not_retry)
  variadic('ZREM', DEAD, not_dead)
  for from = 1, #tried, 1000 do
    redis.call('DEL', unpack(tried, from, math.min(from + 999, #tried)))
  end
  variadic('ZADD', RETRY, retry)
  variadic('ZADD', DEAD, dead)
  -- Last: what is above may meet a plain list and is run again then.
  variadic('LPUSH', PENDING, pending)
end
`;

/** ARGV: a placement. */
export const PLACE = redisScript(PRELUDE, PLACING, "place(1)");

/** ARGV: node, a tally (six values, the first empty for none), a placement. */
export const SETTLE = redisScript(
  PRELUDE,
  TOTALS,
  PLACING,
  `
local active = active_of(ARGV[1])
local ids, ours, leaving = {}, {}, {}
each_placed(8, function(_, id) ids[#ids + 1] = id end)
for first = 1, #ids, 1000 do
  local last = math.min(first + 999, #ids)
  for offset, held in ipairs(redis.call('SMISMEMBER', active, unpack(ids, first, last))) do
    local id = ids[first + offset - 1]
    if held == 1 and not ours[id] then
      ours[id] = true
      leaving[#leaving + 1] = id
    end
  end
end
if #leaving > 0 then
  place(8, ours)
  variadic('SREM', active, leaving)
end
if ARGV[2] ~= '' then
  local grown, any = raise_tally(2)
  if any then
    local totals = read_totals()
    for i = 1, 4 do totals[i] = totals[i] + grown[i] end
    set_totals(totals)
  end
end
`,
);

/** Cuts a large placement, so that no other node has to wait long for its turn. */
export function* partsOf({ pending, retry, dead, gone }: Placement): Iterable<Placement> {
  const longest = Math.max(pending.length, retry.length, dead.length, gone.length);
  for (let from = 0; from < longest; from += PART) {
    yield {
      pending: pending.slice(from, from + PART),
      retry: retry.slice(from, from + PART),
      dead: dead.slice(from, from + PART),
      gone: gone.slice(from, from + PART),
    };
  }
}

/** A placement as the scripts read it: four counts, then the ids of each kind with what goes along. */
export function placementArguments({ pending, retry, dead, gone }: Placement): string[] {
  const counts = [pending.length, retry.length, dead.length, gone.length];
  return [
    ...counts,
    ...pending,
    ...retry.flatMap(({ id, dueAt, tries }) => [id, Math.ceil(dueAt), tries]),
    ...dead.flatMap(({ id, diedAt }) => [id, Math.floor(diedAt)]),
    ...gone,
  ].map(String);
}

/** A tally as the scripts read it. */
export function tallyArguments({ node, day, processed, failed, retried, elapsedMs }: Tally) {
  return [node, day, processed, failed, retried, elapsedMs].map(String);
}
