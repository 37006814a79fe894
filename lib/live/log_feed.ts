import { z } from "zod";
import type { Bus, NumberedLogLine } from "../bus/bus.ts";
import { type Connection, createConnection, type Socket } from "./connection.ts";

/** Lines that a new socket is sent of what happened before it came. */
const REPLAYED_LINES = 200;
/** Lines kept at hand for sockets that fall behind. */
const KEPT_LINES = 2_000;
const LONGEST_REPLAY = 2_000;

const numbered = z.object({ id: z.number() });

interface Reader {
  connection: Connection;
  /** The last line that was sent; null until the earlier lines are at hand. */
  sentId: number | null;
}

/** Hands each line of the log to every socket, in order, with no gap and no double. */
export interface LogFeed {
  /** Sends the recent lines, or those after `since`, then each new one. */
  attach(socket: Socket, since: number | null): Promise<Disposable>;
  push(line: string): void;
  check(): void;
  closeAll(code: number, reason: string): void;
  size(): number;
}

export function createLogFeed(bus: Bus, now: () => number): LogFeed {
  const readers = new Set<Reader>();
  const kept: { id: number; line: string }[] = [];

  function catchUp(reader: Reader) {
    if (reader.sentId === null) return;
    const { sentId } = reader;
    for (const { id, line } of kept.slice(kept.findLastIndex((each) => each.id <= sentId) + 1)) {
      if (!reader.connection.offer(line)) return;
      reader.sentId = id;
    }
  }

  /** Puts what the bus remembers beside what came by itself, which may have begun later. */
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
    // An id from before a loss of the broker's memory may lie ahead of every line to come.
    reader.sentId = since === null
      ? kept.at(-REPLAYED_LINES - 1)?.id ?? 0
      : Math.min(since, kept.at(-1)?.id ?? since);
    catchUp(reader);
  }

  return {
    async attach(socket, since) {
      const reader: Reader = { connection: createConnection(socket, now), sentId: null };
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
        else if (reader.connection.offer(line)) reader.sentId = id;
      }
    },
    check() {
      for (const reader of readers) {
        catchUp(reader);
        if (!reader.connection.check()) readers.delete(reader);
      }
    },
    closeAll(code, reason) {
      for (const reader of readers) reader.connection.close(code, reason);
    },
    size: () => readers.size,
  };
}
