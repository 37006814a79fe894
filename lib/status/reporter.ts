import type { Logger } from "@logtape/logtape";
import type { NodeReport, Queue, Today } from "../queue/queue.ts";
import { BrokerUnreachableError, toError } from "../runtime/errors.ts";
import type { OutageWatch } from "../runtime/while_reachable.ts";
import { createPace } from "../runtime/pace.ts";
import {
  type NodeStatus,
  parseProcessorStatus,
  type ProcessorStatus,
} from "../wire/processor_status.ts";
import { readAllNodes } from "./all_nodes.ts";

const HEARTBEAT_MS = 1_000;
/** The rate limit: one status per window, and one more after a pause; at most 20 a second cluster-wide. */
const WINDOW_MS = 53;

export interface ReporterParts {
  queue: Queue;
  logger: Logger;
  outages: OutageWatch;
  /** Returns this node's own report; null for one that only observes. */
  describe: () => NodeReport | null;
  /** Milliseconds of a monotonic clock. */
  steady: () => number;
  /** The database's time, ms since the epoch. */
  now: () => number;
  /** The cluster's current day, `YYYYMMDD`, and its time zone. */
  today: () => Today;
  /** Called with each status that this node assembles, published or not, and with an outage of the broker. */
  onStatus: (status: ProcessorStatus) => void;
}

/** Reports this node each second, and sooner after a change. */
export interface Reporter extends AsyncDisposable {
  start(): void;
  /** Publishes a change: immediately when idle, throttled under load; the last state is always sent. */
  soon(): void;
  /** Includes a minor change in the next report, within a window, without using up the rate limit. */
  later(): void;
  /** Called with a status that any node has published, as JSON. */
  receive(status: string): void;
  /** Returns the current status. Throws `BrokerUnreachableError`. */
  status(): Promise<ProcessorStatus>;
  /** Returns the rows of all nodes; `status` lists only some. Throws `BrokerUnreachableError`. */
  nodes(status: ProcessorStatus): Promise<NodeStatus[]>;
  /** Sends the last report. */
  stop(): Promise<void>;
}

export function createReporter(parts: ReporterParts): Reporter {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  let running: Promise<void> | null = null;
  let stopped = true;
  let overtaken = false;
  let asked = false;
  let isChange = false;
  /** The rate limit of reports that `soon` requested; the others do not delay them. */
  const pace = createPace();
  let last: ProcessorStatus | null = null;
  let outage: BrokerUnreachableError | null = null;

  /** Reports this node; returns the delay until its changes can be published. */
  async function report(isChange: boolean): Promise<number> {
    const reported = await parts.queue.report(parts.describe(), parts.today(), WINDOW_MS, isChange);
    if (reported.status !== "") note(parseProcessorStatus(reported.status));
    return reported.published ? 0 : reported.waitMs;
  }

  function note(status: ProcessorStatus) {
    if (last !== null && status.seq < last.seq && status.at < last.at) return;
    last = status;
    parts.onStatus(status);
  }

  async function read(): Promise<ProcessorStatus> {
    const { status } = await parts.queue.report(null, parts.today(), WINDOW_MS, false);
    return parseProcessorStatus(status);
  }

  async function send() {
    if (asked) pace.take(parts.steady(), WINDOW_MS);
    asked = false;
    const reportsChange = isChange;
    isChange = false;
    let waitMs = 0;
    try {
      waitMs = await report(reportsChange);
      parts.logger.debug("report: lease renewed, status {seq} {outcome}", {
        seq: last?.seq ?? null,
        outcome: waitMs > 0 ? `waits ${waitMs} ms` : "published",
      });
      // Changes that could not be published yet remain pending.
      if (waitMs > 0) isChange = true;
      endOutage();
    } catch (thrown) {
      if (!(thrown instanceof BrokerUnreachableError)) {
        parts.logger.error("Cannot report: {error}", { error: toError(thrown) });
      } else {
        if (outage === null) {
          outage = thrown;
          parts.outages.began(thrown);
        }
        if (last !== null) {
          parts.onStatus({ ...last, running: false, outages: ["broker"], at: parts.now() });
        }
      }
    }
    running = null;
    schedule(waitMs > 0 ? waitMs : HEARTBEAT_MS);
    if (overtaken) soon();
    overtaken = false;
  }

  function endOutage() {
    if (outage !== null) parts.outages.ended(outage);
    outage = null;
  }

  function schedule(inMs: number) {
    const at = parts.steady() + inMs;
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
    asked = isChange = true;
    schedule(pace.waitMs(parts.steady(), WINDOW_MS));
  }

  async function stop() {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    await running;
    isChange = true;
    await send();
    endOutage();
  }

  return {
    start() {
      stopped = false;
      isChange = true;
      schedule(0);
    },
    soon,
    later() {
      isChange = true;
      schedule(WINDOW_MS);
    },
    nodes: (status) => readAllNodes(parts.queue, status),
    receive: (status) => note(parseProcessorStatus(status)),
    async status() {
      // It includes this node's changes.
      if (!stopped) await report(false);
      return await read();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
