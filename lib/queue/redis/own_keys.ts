import { dayInTimeZone } from "../../runtime/day_in_time_zone.ts";

const DAY_MS = 86_400_000;

/**
 * The keys of the queue, without the prefix, with their types. Keys of single articles and locks are not
 * included, since they are overwritten regardless of their type.
 */
export function ownKeys(nodes: Iterable<string>, now: number): [key: string, type: string][] {
  const days = [-DAY_MS, 0, DAY_MS].map((ms) => dayInTimeZone("UTC", now + ms));
  return [
    ["pending:articles", "list"],
    ["pending:articles:retry", "zset"],
    ["pending:articles:dead", "zset"],
    ["processor:leases", "zset"],
    ["processor:nodes", "hash"],
    ["processor:places", "hash"],
    ["processor:stats", "hash"],
    ["processor:status", "hash"],
    ["processor:published", "hash"],
    ["processor:comparison", "string"],
    ["processor:epoch", "string"],
    ["processor:commits", "hash"],
    ["processor:removed", "set"],
    ["processor:logs:recent", "list"],
    ...days.flatMap((day): [string, string][] => [
      [`processor:tally:${day}`, "hash"],
      [`processor:processed:${day}`, "string"],
    ]),
    ...[...new Set(nodes)].map((node): [string, string] => [`processor:active:${node}`, "set"]),
  ];
}
