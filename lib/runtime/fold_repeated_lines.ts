import type { LoggedLine, LogLine } from "../wire/log_line.ts";

/** The window in which this many lines of one template are stored individually, and the others as one row. */
const WINDOW_MS = 10_000;
const MOST_SINGLE = 20;
/** The maximum number of counted templates; more result from callers that put values into the template. */
const MOST_TEMPLATES = 500;
const LONGEST_MESSAGE = 2_000;
const DIFFERING = "…";

/** A row of the stored log. It changes while lines are folded into it. */
export interface LogRow {
  /** Microseconds since the epoch; unique within the node, so that a repeated write is idempotent. */
  readonly at: number;
  readonly level: LogLine["level"];
  message: string;
  /** The number of lines that it represents, and the time of the last one, ms since the epoch. */
  lines: number;
  lastAt: number;
  /** Null: none, or not the same for all lines. */
  article: number | null;
  request: string | null;
  code: string | null;
  /** Null: the message has no code. A value that differs among the lines is `…`, as in the message. */
  parameters: Record<string, string> | null;
}

/** Lines that did not fit, and when the first and the last of them were logged, ms since the epoch. */
export interface LostLines {
  count: number;
  from: number;
  to: number;
}

/** A bounded buffer of rows to write, which folds repetitions of a message into one row. */
export interface LineBuffer {
  /** `at` is in ms since the epoch. */
  add(line: LoggedLine, at: number): void;
  /** Removes and returns the oldest rows; one that changes later is buffered again. */
  take(most: number): LogRow[];
  /** Returns rows that could not be written to the buffer. */
  giveBack(rows: readonly LogRow[]): void;
  /** Counts rows that can never be written as lost. */
  lose(rows: readonly LogRow[]): void;
  /** Returns the lines lost since the last call; null if there are none. */
  takeLost(): LostLines | null;
  size(): number;
}

/** The lines of one template in the current window. */
interface Repetition {
  until: number;
  single: number;
  folded: { row: LogRow; parts: string[] } | null;
}

function bounded(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value.slice(0, LONGEST_MESSAGE)]),
  );
}

export function createLineBuffer({ most }: { most: number }): LineBuffer {
  let waiting = new Set<LogRow>();
  const repetitions = new Map<string, Repetition>();
  let lost: LostLines | null = null;
  let newest = -Infinity;

  function repetitionOf(key: string, at: number): Repetition {
    const known = repetitions.get(key);
    if (known !== undefined && at < known.until) return known;
    if (repetitions.size >= MOST_TEMPLATES) repetitions.clear();
    const begun = { until: at + WINDOW_MS, single: 0, folded: null };
    repetitions.set(key, begun);
    return begun;
  }

  function append(line: LoggedLine, at: number): LogRow {
    newest = Math.max(newest + 1, Math.round(at * 1_000));
    const row = {
      at: newest,
      level: line.level,
      message: line.message.slice(0, LONGEST_MESSAGE),
      lines: 1,
      lastAt: at,
      article: line.article ?? null,
      request: line.request ?? null,
      code: line.code ?? null,
      parameters: line.parameters === undefined ? null : bounded(line.parameters),
    };
    waiting.add(row);
    return row;
  }

  function fold({ row, parts }: NonNullable<Repetition["folded"]>, line: LoggedLine, at: number) {
    row.lines++;
    row.lastAt = at;
    if (row.article !== line.article) row.article = null;
    if (row.request !== line.request) row.request = null;
    let changed = false;
    for (const [i, part] of line.parts.entries()) {
      if (parts[i] === part || parts[i] === DIFFERING) continue;
      parts[i] = DIFFERING;
      changed = true;
    }
    if (changed) row.message = parts.join("").slice(0, LONGEST_MESSAGE);
    for (const [name, value] of Object.entries(bounded(line.parameters ?? {}))) {
      if (row.parameters?.[name] !== value) {
        row.parameters = { ...row.parameters, [name]: DIFFERING };
      }
    }
    waiting.add(row);
  }

  function countLost(count: number, from: number, to: number) {
    lost ??= { count: 0, from, to };
    lost.count += count;
    lost.from = Math.min(lost.from, from);
    lost.to = Math.max(lost.to, to);
  }

  return {
    add(line, at) {
      const repetition = repetitionOf(`${line.level} ${line.template}`, at);
      if (repetition.folded !== null) return fold(repetition.folded, line, at);
      if (waiting.size >= most) return countLost(1, at, at);
      const row = append(line, at);
      if (repetition.single < MOST_SINGLE) repetition.single++;
      else repetition.folded = { row, parts: [...line.parts] };
    },
    take(most) {
      const rows = waiting.values().take(most).toArray();
      for (const row of rows) waiting.delete(row);
      return rows;
    },
    giveBack(rows) {
      waiting = new Set([...rows, ...waiting]);
    },
    lose(rows) {
      for (const row of rows) countLost(row.lines, row.at / 1_000, row.lastAt);
    },
    takeLost() {
      const taken = lost;
      lost = null;
      return taken;
    },
    size: () => waiting.size,
  };
}
