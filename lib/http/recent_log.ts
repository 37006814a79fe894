import type { NumberedLogLine } from "../bus/bus.ts";
import { filterLines, type LogFilter } from "../dashboard/log_filter.ts";
import type { Node } from "../runtime/node.ts";

/** As many lines as the broker remembers. */
const REMEMBERED = 2_000;

/** The remembered lines that a filter lets through, oldest first. Throws `BrokerUnreachableError`. */
export async function recentLog(
  { bus }: Pick<Node, "bus">,
  filter: LogFilter,
): Promise<readonly NumberedLogLine[]> {
  const { lines } = await bus.recentLogs({ limit: REMEMBERED });
  return filterLines(lines, filter);
}
