import type { NumberedLogLine } from "../../wire/log_line.ts";
import { filterLines, type LogFilter } from "../../dashboard/logs/log_filter.ts";
import type { Language } from "../../i18n/language.ts";
import type { Node } from "../../node/node.ts";
import { lineForReader, type ReaderLine } from "./line_for_reader.ts";

/** As many lines as the broker remembers. */
const REMEMBERED = 2_000;

/** Returns the retained lines that match a reader's filter, oldest first. Throws `BrokerUnreachableError`. */
export async function recentLog(
  { bus }: Pick<Node, "bus">,
  filter: LogFilter,
  language: Language,
): Promise<readonly ReaderLine<NumberedLogLine>[]> {
  const { lines } = await bus.recentLogs({ limit: REMEMBERED });
  return filterLines(lines.map((line) => lineForReader(language, line)), filter);
}
