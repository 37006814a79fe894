import type { NumberedLogLine } from "../../wire/log_line.ts";
import { filterLines, type LogFilter } from "../../dashboard/logs/log_filter.ts";
import type { Node } from "../../node/node.ts";

/** As many lines as the broker remembers. */
const REMEMBERED = 2_000;

/** Returns the retained lines that match a filter, oldest first. Throws `BrokerUnreachableError`. */
export async function recentLog(
  { bus }: Pick<Node, "bus">,
  filter: LogFilter,
): Promise<readonly NumberedLogLine[]> {
  const { lines } = await bus.recentLogs({ limit: REMEMBERED });
  return filterLines(lines, filter);
}
