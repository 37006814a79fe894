import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import * as v from "valibot";

export const logLine = v.object({
  id: v.number(),
  level: v.picklist(["debug", "info", "warning", "error"]),
  message: v.string(),
  timestamp: v.string(),
  node: v.optional(v.string()),
  article: v.optional(v.number()),
});

/** One line of the system's log. */
export type LogLine = v.InferOutput<typeof logLine>;

export interface LogModelOptions {
  /** Lines that were there when the page was made, oldest first. */
  initial: LogLine[];
  /** The most lines that are shown; older ones make room. */
  capacity: number;
  /** Runs `show` once soon, such as before the next frame. */
  schedule: (show: () => void) => void;
}

/** The newest lines of a log, in bounded memory, shown at most once a frame. */
export interface LogModel {
  readonly lines: ReadonlySignal<readonly LogLine[]>;
  readonly paused: ReadonlySignal<boolean>;
  /** Lines that came during the pause. */
  readonly waiting: ReadonlySignal<number>;
  /** The newest line's id, to resume after; null before the first. */
  lastId(): number | null;
  add(line: LogLine): void;
  /** Keeps what is shown; lines that come wait, and the oldest of them make room. */
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
    // An id alone proves nothing: a broker that lost its memory counts from the start again.
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
