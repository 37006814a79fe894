import { z } from "zod";
import type { Bus } from "../bus/bus.ts";
import type { NumberedLogLine } from "../wire/log_line.ts";
import { type Connection, createConnection, type Socket } from "./socket_backpressure.ts";

/** Past lines that a new socket receives. */
const REPLAYED_LINES = 200;
/**
 * Lines kept in memory for sockets that are slow or come back: as many as a page displays, so that one further behind
 * misses no line that it would still show.
 */
const KEPT_LINES = 10_000;
/** As many lines as the broker has. */
const LONGEST_REPLAY = 2_000;
/** The interval at which sockets that are behind are served. */
const DRAIN_MS = 25;

const numbered = z.object({ id: z.number() });

interface Reader {
  connection: Connection;
  word: (line: string) => string;
  /** The last line that was sent; null until the earlier lines are loaded. */
  sentId: number | null;
}

/** Sends each line of the log to every socket, in order, without gaps or duplicates. */
export interface LogFeed {
  /** Sends the recent lines, or those after `since`, then each new one; `word` returns a line for the reader. */
  attach(
    socket: Socket,
    since: number | null,
    word: (line: string) => string,
  ): Promise<Disposable>;
  push(line: string): void;
  check(): void;
  closeAll(code: number, reason: string): void;
  size(): number;
  stop(): void;
}

export function createLogFeed(
  bus: Bus,
  now: () => number,
  onOffer?: (sent: boolean) => void,
): LogFeed {
  const readers = new Set<Reader>();
  const kept: { id: number; line: string }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function catchUp(reader: Reader) {
    const { sentId } = reader;
    if (sentId === null) return;
    for (let next = firstAfter(kept, sentId); next < kept.length; next++) {
      const { id, line } = kept[next]!;
      if (!reader.connection.offer(reader.word(line))) return drainSoon();
      reader.sentId = id;
    }
  }

  function drainSoon() {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const reader of readers) catchUp(reader);
    }, DRAIN_MS);
  }

  /** Merges the bus's history with the received lines, which may start later. */
  function remember(lines: readonly NumberedLogLine[]) {
    const known = new Set(kept.map(({ id }) => id));
    const missing = lines.filter(({ id }) => !known.has(id));
    if (missing.length === 0) return;
    kept.push(...missing.map((line) => ({ id: line.id, line: JSON.stringify(line) })));
    kept.sort((one, other) => one.id - other.id);
  }

  async function replay(reader: Reader, since: number | null) {
    const { lines } = await bus.recentLogs(
      since === null ? { limit: REPLAYED_LINES } : { since, limit: LONGEST_REPLAY },
    );
    remember(lines);
    // An id from before the broker lost its data may be greater than all new ids.
    reader.sentId = since === null
      ? kept.at(-REPLAYED_LINES - 1)?.id ?? 0
      : Math.min(since, kept.at(-1)?.id ?? since);
    catchUp(reader);
  }

  return {
    async attach(socket, since, word) {
      const connection = createConnection(socket, now, onOffer);
      const reader: Reader = { connection, word, sentId: null };
      readers.add(reader);
      try {
        await replay(reader, since);
      } catch (error) {
        readers.delete(reader);
        throw error;
      }
      return { [Symbol.dispose]: () => void readers.delete(reader) };
    },
    push(line) {
      const { id } = numbered.parse(JSON.parse(line));
      kept.push({ id, line });
      if (kept.length > KEPT_LINES * 2) kept.splice(0, KEPT_LINES);
      const before = kept.at(-2)?.id ?? -Infinity;
      for (const reader of readers) {
        if (reader.sentId === null || reader.sentId >= id) continue;
        if (reader.sentId < before) catchUp(reader);
        else if (reader.connection.offer(reader.word(line))) reader.sentId = id;
        else drainSoon();
      }
    },
    check() {
      clearTimeout(timer);
      timer = undefined;
      for (const reader of readers) {
        catchUp(reader);
        if (!reader.connection.check()) readers.delete(reader);
      }
    },
    closeAll(code, reason) {
      for (const reader of readers) reader.connection.close(code, reason);
    },
    size: () => readers.size,
    stop() {
      clearTimeout(timer);
      timer = undefined;
      readers.clear();
    },
  };
}

/** Returns the index of the first line after an id, by binary search. */
function firstAfter(lines: readonly { id: number }[], id: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]!.id <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
