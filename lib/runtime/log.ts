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
import type { LoggedLine, LogLine } from "../wire/log_line.ts";
import type { Config } from "./config.ts";
import { logContext } from "./log_context.ts";

const FLUSH_MS = 50;
/** The retry delay after the broker refused lines. */
const REFUSED_MS = 1_000;
/** Lines kept while the broker is unreachable; the oldest are dropped first. */
const KEPT_LINES = 5_000;
/** Lines that are logged before there is a database to keep them. */
const MOST_EARLY = 1_000;

/** A message that programs know by its code. */
export interface KnownMessage {
  code: string;
  /** The singular template, for a first number of 1; undefined if the template needs none. */
  one: string | undefined;
}

/** The destination of the lines once a broker is connected: the bus. */
export interface LogSink {
  appendLogs(lines: LogLine[]): Promise<void>;
}

/** The log of one node: to standard error, and after `attach` also to the bus. */
export interface Log extends AsyncDisposable {
  logger: Logger;
  /** Starts to send lines to the bus, including earlier ones. */
  attach(bus: LogSink, node: string): void;
  /** Calls `add` with each line when it is logged, and immediately with the earlier ones. Called once. */
  keep(add: (line: LoggedLine) => void): void;
}

/**
 * Sets up the log: text for a terminal, JSON lines otherwise. Lines for the bus are sent in
 * batches, at most one every 50 ms, to keep the overhead of logging low. `messageOf` returns the code of a
 * message by its template.
 */
export async function openLog(
  level: Config["logLevel"],
  messageOf: (template: string) => KnownMessage | undefined,
): Promise<Log> {
  const toLine = (record: LogRecord) => lineOf(record, messageOf(templateOf(record)));
  const trail = createTrail(toLine);
  const kept = createForwarder(toLine);
  const jsonLine = createJsonFormatter(toLine);
  const format = Deno.stderr.isTerminal() ? createTextFormatter(messageOf) : jsonLine;
  await configure({
    contextLocalStorage: logContext,
    sinks: { standardError: standardErrorSink(format), trail: trail.sink, kept: kept.sink },
    loggers: [
      { category: "millrace", lowestLevel: level, sinks: ["standardError", "trail", "kept"] },
      { category: ["logtape", "meta"], lowestLevel: "warning", sinks: ["standardError"] },
    ],
  });
  return {
    logger: getLogger("millrace"),
    attach: trail.attach,
    keep: kept.keep,
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

/** Sends lines to the bus in batches, and keeps the newest ones while the broker is unreachable. */
function createTrail(toLine: (record: LogRecord) => LogLine) {
  let waiting: LogLine[] = [];
  let target: { bus: LogSink; node: string } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> | null = null;
  let wasRefused = false;

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
    }, wasRefused ? REFUSED_MS : FLUSH_MS);
  }

  async function flush() {
    if (target === null || waiting.length === 0) return;
    const { bus, node } = target;
    const lines = waiting.map((line) => ({ ...line, node }));
    waiting = [];
    try {
      await bus.appendLogs(lines);
      wasRefused = false;
    } catch {
      wasRefused = true;
      // The callers of the broker log its outage; the lines wait until it is reachable again.
      waiting = [...lines, ...waiting].slice(-KEPT_LINES);
    }
  }

  return {
    sink,
    attach(bus: LogSink, node: string) {
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

/** Forwards each line; those before `keep` is called wait, up to a bound. */
function createForwarder(toLine: (record: LogRecord) => LogLine) {
  const early: LoggedLine[] = [];
  let forward = (line: LoggedLine) => {
    if (early.length < MOST_EARLY) early.push(line);
  };
  return {
    sink(record: LogRecord) {
      forward({
        ...toLine(record),
        template: templateOf(record),
        // In the plural, since one row may stand for several lines with other numbers.
        parts: record.message.map(show),
      });
    },
    keep(add: (line: LoggedLine) => void) {
      forward = add;
      for (const line of early.splice(0)) add(line);
    },
  };
}

function templateOf({ rawMessage }: LogRecord): string {
  return typeof rawMessage === "string" ? rawMessage : rawMessage.join("{}");
}

function createTextFormatter(
  messageOf: (template: string) => KnownMessage | undefined,
): TextFormatter {
  const format = getAnsiColorFormatter({ timestamp: "time", value: show });
  return (record) =>
    format({ ...record, message: messageParts(record, messageOf(templateOf(record))) });
}

/** Returns the parts of a record's message: texts and values alternate; the texts are singular if the first number is 1. */
function messageParts(record: LogRecord, known: KnownMessage | undefined): readonly unknown[] {
  const { message } = record;
  if (known?.one === undefined || message.find((part) => typeof part === "number") !== 1) {
    return message;
  }
  const texts = known.one.split(/\{\w+\}/);
  return message.map((part, index) => index % 2 === 0 ? texts[index / 2] : part);
}

function lineOf(record: LogRecord, known: KnownMessage | undefined): LogLine {
  const { article, request } = record.properties;
  return {
    type: "log",
    level: lineLevel(record.level),
    message: messageParts(record, known).map(show).join(""),
    timestamp: new Date(record.timestamp).toISOString(),
    node: "",
    ...(typeof article === "number" ? { article } : {}),
    ...(typeof request === "string" ? { request } : {}),
    ...(known === undefined ? {} : { code: known.code, parameters: parametersOf(record) }),
  };
}

/** The values of the placeholders, as they are in the message. */
function parametersOf(record: LogRecord): Record<string, string> {
  const places = templateOf(record).matchAll(/\{(\w+)\}/g);
  return Object.fromEntries(
    Array.from(places, ([, name = ""]) => [name, show(record.properties[name])]),
  );
}

function createJsonFormatter(toLine: (record: LogRecord) => LogLine): TextFormatter {
  return (record) => {
    const { type: _, node: __, ...line } = toLine(record);
    const { error } = record.properties;
    return JSON.stringify(error instanceof Error ? { ...line, stack: error.stack } : line) + "\n";
  };
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
