import { MAX_RECORD, type Parsed, type Parser } from "../parsed.ts";
import { endOfLine, records, type RecordText } from "../records.ts";
import { readJson } from "./read_json.ts";

const DATA = /^data:[ ]?(.*?)\r?\n?$/s;
/** What some streams end with. */
const DONE = /^\s*(?:\[DONE\])?\s*$/;

/** A kept stream of server-sent events, with JSON as the data of each. */
export const parseEvents: Parser = async function* (text, options) {
  let line = 1;
  let data: string[] = [];
  let length = 0;

  function* end(): Generator<Parsed> {
    const whole = data.join("\n");
    data = [];
    length = 0;
    if (DONE.test(whole)) return;
    for (const reading of readJson(whole, options)) yield { line, ...reading };
  }

  function* readLines(lines: Iterable<RecordText>): Generator<Parsed> {
    for (const record of lines) {
      if ("error" in record) {
        yield* end();
        yield { kind: "rejected", line: record.line, error: record.error };
        continue;
      }
      const [, part] = DATA.exec(record.text) ?? [];
      if (part !== undefined) {
        // Some writers leave out the blank line after an event.
        const isNext = /^[{[]/.test(part) && /[}\]]\s*$/.test(data.at(-1) ?? "");
        if (isNext || length + part.length > MAX_RECORD) yield* end();
        if (data.length === 0) line = record.line;
        data.push(part);
        length += part.length;
      } else if (!/\S/.test(record.text)) yield* end();
    }
  }

  for await (const some of records(text, { scan: endOfLine })) yield readLines(some);
  yield end();
};
