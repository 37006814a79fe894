import {
  configure,
  getAnsiColorFormatter,
  getLogger,
  type Logger,
  type LogRecord,
  reset,
  type Sink,
  type TextFormatter,
} from "@logtape/logtape";
import type { Bus, LogLine } from "../bus/bus.ts";
import type { Config } from "./config.ts";

const FLUSH_MS = 50;
/** Lines kept while the broker is away; older ones are dropped first. */
const KEPT_LINES = 5_000;

/** The log of one node: to standard error, and from `attach` on to everybody who watches. */
export interface Log extends AsyncDisposable {
  logger: Logger;
  /** Starts to hand the lines, earlier ones included, to the bus. */
  attach(bus: Bus, node: string): void;
}

/**
 * Sets the log up: text for a terminal, JSON lines otherwise. Lines for the bus are handed over in
 * bundles, at most one every 50 ms, so that logging costs the stream next to nothing.
 */
export async function openLog(level: Config["logLevel"]): Promise<Log> {
  const trail = createTrail();
  const format = Deno.stderr.isTerminal()
    ? getAnsiColorFormatter({ timestamp: "time", value: show })
    : jsonLine;
  await configure({
    sinks: { standardError: standardErrorSink(format), trail: trail.sink },
    loggers: [
      { category: "millrace", lowestLevel: level, sinks: ["standardError", "trail"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["standardError"] },
    ],
  });
  return {
    logger: getLogger("millrace"),
    attach: trail.attach,
    async [Symbol.asyncDispose]() {
      await trail.stop();
      await reset();
    },
  };
}

function standardErrorSink(format: TextFormatter): Sink {
  const encoder = new TextEncoder();
  return (record) => {
    const bytes = encoder.encode(format(record));
    for (let sent = 0; sent < bytes.length;) sent += Deno.stderr.writeSync(bytes.subarray(sent));
  };
}

function createTrail() {
  let waiting: LogLine[] = [];
  let target: { bus: Bus; node: string } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> | null = null;

  function sink(record: LogRecord) {
    waiting.push(toLine(record));
    if (waiting.length > KEPT_LINES) waiting = waiting.slice(-KEPT_LINES / 2);
    schedule();
  }

  function schedule() {
    if (target === null || timer !== undefined || flushing !== null) return;
    timer = setTimeout(() => {
      timer = undefined;
      flushing = flush().finally(() => {
        flushing = null;
        if (waiting.length > 0) schedule();
      });
    }, FLUSH_MS);
  }

  async function flush() {
    if (target === null || waiting.length === 0) return;
    const { bus, node } = target;
    const lines = waiting.map((line) => ({ ...line, node }));
    waiting = [];
    try {
      await bus.appendLogs(lines);
    } catch {
      // The broker's outage is logged by whoever needs the broker; the lines wait for its return.
      waiting = [...lines, ...waiting].slice(-KEPT_LINES);
    }
  }

  return {
    sink,
    attach(bus: Bus, node: string) {
      target = { bus, node };
      schedule();
    },
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await flushing;
      clearTimeout(timer);
      await flush();
      target = null;
    },
  };
}

function toLine(record: LogRecord): LogLine {
  const { article } = record.properties;
  return {
    type: "log",
    level: lineLevel(record.level),
    message: record.message.map(show).join(""),
    timestamp: new Date(record.timestamp).toISOString(),
    node: "",
    ...(typeof article === "number" ? { article } : {}),
  };
}

function jsonLine(record: LogRecord): string {
  const { type: _, node: __, ...line } = toLine(record);
  const { error } = record.properties;
  return JSON.stringify(error instanceof Error ? { ...line, stack: error.stack } : line) + "\n";
}

function lineLevel(level: LogRecord["level"]): LogLine["level"] {
  if (level === "trace") return "debug";
  return level === "fatal" ? "error" : level;
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.message;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
