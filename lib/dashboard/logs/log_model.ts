import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
import type { KeptLogLine } from "../../wire/log_line.ts";

export const logLine = z.object({
  id: z.number(),
  level: z.enum(["debug", "info", "warning", "error"]),
  message: z.string(),
  timestamp: z.string(),
  node: z.optional(z.string()),
  article: z.optional(z.number()),
  worded: z.optional(z.string()),
});

/** One line of the system's log; one that is kept may stand for several, as in `KeptLogLine`. */
export type LogLine = z.infer<typeof logLine> & Pick<KeptLogLine, "count" | "last_timestamp">;

export interface LogModelOptions {
  /** The initial lines, oldest first. */
  initial: LogLine[];
  /** The maximum number of displayed lines; older ones are dropped. */
  capacity: number;
  /** Schedules `show` once, such as for the next animation frame. */
  schedule: (show: () => void) => void;
}

/** The newest lines of a log in bounded memory, updated at most once per frame. */
export interface LogModel {
  readonly lines: ReadonlySignal<readonly LogLine[]>;
  readonly paused: ReadonlySignal<boolean>;
  /** The number of lines received during the pause. */
  readonly waiting: ReadonlySignal<number>;
  /** The newest line's id, to resume after; null before the first. */
  lastId(): number | null;
  add(line: LogLine): void;
  /** Freezes the display; further lines are buffered, and the oldest of them dropped. */
  pause(): void;
  resume(): void;
}

export function createLogModel({ initial, capacity, schedule }: LogModelOptions): LogModel {
  const kept: LogLine[] = [];
  const known = new Map<number, string>();
  let count = 0;
  let scheduled = false;
  initial.forEach(keep);

  const lines = signal<readonly LogLine[]>(kept.slice(-capacity));
  const paused = signal(false);
  const arrived = signal(count);
  const arrivedAtPause = signal(0);

  function keep(line: LogLine) {
    // The id alone is not sufficient: a broker that lost its data may restart its numbering.
    if (known.get(line.id) === line.timestamp) return;
    known.set(line.id, line.timestamp);
    kept.push(line);
    count++;
    if (kept.length < 2 * capacity) return;
    for (const { id } of kept.splice(0, capacity)) known.delete(id);
  }

  function show() {
    scheduled = false;
    batch(() => {
      arrived.value = count;
      if (!paused.peek()) lines.value = kept.slice(-capacity);
    });
  }

  return {
    lines,
    paused,
    waiting: computed(() => paused.value ? arrived.value - arrivedAtPause.value : 0),
    lastId: () => kept.at(-1)?.id ?? null,
    add(line) {
      keep(line);
      if (!scheduled) schedule(show);
      scheduled = true;
    },
    pause() {
      arrivedAtPause.value = count;
      paused.value = true;
    },
    resume() {
      paused.value = false;
      show();
    },
  };
}
