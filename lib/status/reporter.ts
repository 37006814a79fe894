import type { Logger } from "@logtape/logtape";
import type { NodeReport, Queue } from "../queue/queue.ts";
import { BrokerUnreachableError, toError } from "../runtime/errors.ts";
import { localDay } from "../runtime/day.ts";
import { createPace } from "../runtime/pace.ts";
import { parseProcessorStatus, type ProcessorStatus } from "./processor_status.ts";

const HEARTBEAT_MS = 1_000;
/** One status each window, and one more after a pause: at most 20 a second from the whole cluster. */
const WINDOW_MS = 53;

export interface ReporterParts {
  queue: Queue;
  logger: Logger;
  /** What this node says of itself; null where it only looks. */
  describe: () => NodeReport | null;
  /** Milliseconds of a clock that only rises. */
  now: () => number;
  /** Told each status that this node assembles, published or not, and an outage of the broker. */
  onStatus: (status: ProcessorStatus) => void;
}

/** Reports this node each second, and sooner when something happened. */
export interface Reporter extends AsyncDisposable {
  start(): void;
  /** Something changed: tells it at once when idle, in a window under load, the last state always. */
  soon(): void;
  /** Something changed that the next report may tell, within a window: it takes no other's place. */
  later(): void;
  /** The status of this moment. Throws `BrokerUnreachableError`. */
  status(): Promise<ProcessorStatus>;
  /** Reports for the last time. */
  stop(): Promise<void>;
}

export function createReporter(parts: ReporterParts): Reporter {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  let running: Promise<void> | null = null;
  let stopped = true;
  let overtaken = false;
  let asked = false;
  let news = false;
  /** Of the reports that `soon` asked for; the others hold up none of them. */
  const pace = createPace();
  let last: ProcessorStatus | null = null;
  let away = false;

  async function assemble(news: boolean): Promise<{ status: ProcessorStatus; waitMs: number }> {
    const day = localDay(new Date());
    const reported = await parts.queue.report(parts.describe(), day, WINDOW_MS, news);
    last = parseProcessorStatus(reported.status);
    return { status: last, waitMs: reported.published ? 0 : reported.waitMs };
  }

  async function send() {
    if (asked) pace.take(parts.now(), WINDOW_MS);
    asked = false;
    const isNews = news;
    news = false;
    let waitMs = 0;
    try {
      const sent = await assemble(isNews);
      waitMs = sent.waitMs;
      // What could not be published yet is news as long as it is not.
      if (waitMs > 0) news = true;
      if (away) parts.logger.info("The broker is back.");
      away = false;
      parts.onStatus(sent.status);
    } catch (thrown) {
      if (!(thrown instanceof BrokerUnreachableError)) {
        parts.logger.error("Cannot report: {error}", { error: toError(thrown) });
      } else {
        if (!away) parts.logger.error("The broker cannot be reached; its return is awaited.");
        away = true;
        if (last !== null) {
          parts.onStatus({ ...last, running: false, outages: ["broker"], at: Date.now() });
        }
      }
    }
    running = null;
    schedule(waitMs > 0 ? waitMs : HEARTBEAT_MS);
    if (overtaken) soon();
    overtaken = false;
  }

  function schedule(inMs: number) {
    const at = parts.now() + inMs;
    if (stopped || at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(fire, inMs);
  }

  function fire() {
    due = Infinity;
    if (running === null) running = send();
    else overtaken = true;
  }

  function soon() {
    asked = news = true;
    schedule(pace.waitMs(parts.now(), WINDOW_MS));
  }

  async function stop() {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    await running;
    news = true;
    await send();
  }

  return {
    start() {
      stopped = false;
      news = true;
      schedule(0);
    },
    soon,
    later() {
      news = true;
      schedule(WINDOW_MS);
    },
    status: async () => (await assemble(false)).status,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
