import type { Logger } from "@logtape/logtape";
import type { NodeReport, Queue, Today } from "../queue/queue.ts";
import { BrokerUnreachableError, toError } from "../runtime/errors.ts";
import { createEarliestTimer } from "../runtime/earliest_timer.ts";
import type { OutageWatch } from "../runtime/while_reachable.ts";
import { createThrottle } from "../runtime/throttle.ts";
import {
  type NodeStatus,
  parseProcessorStatus,
  type ProcessorStatus,
} from "../wire/processor_status.ts";
import { readAllNodes } from "./all_nodes.ts";
import { heartbeatMs } from "./heartbeat_interval.ts";
import { createLastStatus } from "./last_status.ts";

/** A broker that has not replied to a report for this time is shown as unavailable; its link gives up later. */
const REPLY_MS = 1_000;
/** The window of the rate limit: one status per window, one more after a pause, so at most 20 a second cluster-wide. */
const WINDOW_MS = 53;

export interface ReporterParts {
  queue: Queue;
  logger: Logger;
  outages: OutageWatch;
  /** Returns this node's own report; null for one that only observes. */
  describe: () => NodeReport | null;
  /** Milliseconds of a monotonic clock. */
  monotonicNow: () => number;
  /** The database's time, ms since the epoch. */
  now: () => number;
  /** The cluster's current day, `YYYYMMDD`, and its time zone. */
  today: () => Today;
  /** Called with each status that this node assembles, published or not, and with an outage of the broker. */
  onStatus: (status: ProcessorStatus) => void;
}

/** Sends this node's heartbeat, publishes its changes, and reads the cluster's status. */
export interface Reporter extends AsyncDisposable {
  start(): void;
  /** Publishes a change: immediately when idle, throttled under load; the last state is always sent. */
  publish(): void;
  /** Publishes a minor change with the next report, within a window; does not count against the rate limit. */
  publishDeferred(): void;
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
  const timer = createEarliestTimer(parts.monotonicNow, fire);
  let sending: Promise<void> | null = null;
  let stopped = true;
  /** Whether a report became due while another one was being sent. */
  let isOverdue = false;
  /** Whether `publish` requested the next report. */
  let isRequested = false;
  /** Whether the next report has a change to publish; else it is a heartbeat. */
  let isChange = false;
  /** The rate limit of `publish`; heartbeats and deferred changes do not count against it. */
  const throttle = createThrottle();
  const last = createLastStatus(parts);
  const outage = createBrokerOutage(parts.outages);

  /** Reports this node; returns the delay until its changes can be published. */
  async function report(isChange: boolean): Promise<number> {
    const reported = await parts.queue.report(parts.describe(), parts.today(), WINDOW_MS, isChange);
    if (reported.status !== "") last.accept(parseProcessorStatus(reported.status));
    return reported.published ? 0 : reported.waitMs;
  }

  async function send() {
    if (isRequested) throttle.take(parts.monotonicNow(), WINDOW_MS);
    isRequested = false;
    const reportsChange = isChange;
    isChange = false;
    let waitMs = 0;
    const silence = setInterval(last.showOutage, REPLY_MS);
    try {
      waitMs = await report(reportsChange);
      parts.logger.debug("report: lease renewed, status {seq} {outcome}", {
        seq: last.status()?.seq ?? null,
        outcome: waitMs > 0 ? `waits ${waitMs} ms` : "published",
      });
      // Changes that could not be published yet remain pending.
      if (waitMs > 0) isChange = true;
      outage.ended();
    } catch (thrown) {
      if (thrown instanceof BrokerUnreachableError) {
        outage.began(thrown);
        last.showOutage();
      } else parts.logger.error("Cannot report: {error}", { error: toError(thrown) });
    } finally {
      clearInterval(silence);
    }
    sending = null;
    schedule(waitMs > 0 ? waitMs : Math.min(heartbeatMs(last.liveNodes()), last.msUntilLoss()));
    if (isOverdue) publish();
    isOverdue = false;
  }

  function schedule(inMs: number) {
    if (!stopped) timer.schedule(inMs);
  }

  function fire() {
    if (sending === null) sending = send();
    else isOverdue = true;
  }

  function publish() {
    isRequested = isChange = true;
    schedule(throttle.waitMs(parts.monotonicNow(), WINDOW_MS));
  }

  async function stop() {
    if (stopped) return;
    stopped = true;
    timer.clear();
    await sending;
    isChange = true;
    await send();
    outage.ended();
  }

  return {
    start() {
      stopped = false;
      isChange = true;
      schedule(0);
    },
    publish,
    publishDeferred() {
      isChange = true;
      schedule(WINDOW_MS);
    },
    nodes: (status) => readAllNodes(parts.queue, status),
    receive: (status) => last.accept(parseProcessorStatus(status)),
    async status() {
      // It includes this node's changes.
      if (!stopped) await report(false);
      return await read(parts);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function read({ queue, today }: ReporterParts): Promise<ProcessorStatus> {
  const { status } = await queue.report(null, today(), WINDOW_MS, false);
  return parseProcessorStatus(status);
}

/** Passes on the beginning and the end of an outage, however often each is noticed. */
function createBrokerOutage(outages: OutageWatch) {
  let current: BrokerUnreachableError | null = null;
  return {
    began(reason: BrokerUnreachableError) {
      if (current !== null) return;
      current = reason;
      outages.began(reason);
    },
    ended() {
      if (current !== null) outages.ended(current);
      current = null;
    },
  };
}
