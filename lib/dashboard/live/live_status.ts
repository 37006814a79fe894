import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import {
  APPEARANCE,
  FRESH_MS,
  type Health,
  healthOf,
  troublesOf,
} from "../../wire/health/health.ts";
import { type Rates, ratesOf } from "../../wire/health/rates.ts";
import { EMPTY_TRACE, type Trace, withStatus } from "../../wire/health/trace.ts";
import { parseProcessorStatus, processorStatus } from "../../wire/processor_status.ts";
import type { ProcessorStatus } from "../../wire/processor_status.ts";
import { type ApiResult, callApi } from "../requests/api.ts";
import { createStatusModel, type StatusModel } from "../overview/status_model.ts";
import { createClockOffset } from "./clock_offset.ts";
import { createFreshness } from "./freshness.ts";
import { browserEnvironment } from "./live_environment.ts";
import { throttleLatest } from "./throttle_latest.ts";
import { createLiveSocket, type LinkState } from "./live_socket.ts";

/** The minimum interval between changes of figures, for readability. */
const SHOWN_MS = 500;
/** The minimum interval between changes of the displayed latency. */
const DELAY_SHOWN_MS = 1_000;

/** The initial data of a page: its node's newest status, and the recent past. */
export interface FirstStatus {
  status: ProcessorStatus | null;
  trace: Trace;
}

/** The live status, the derived health, and its freshness. */
export interface LiveStatus {
  readonly model: StatusModel;
  readonly health: ReadonlySignal<Health>;
  /** All current problems, worst first. */
  readonly troubles: ReadonlySignal<readonly Health[]>;
  readonly rates: ReadonlySignal<Rates | null>;
  readonly trace: ReadonlySignal<Trace>;
  /** Whether the figures are current: a status arrived recently, and the broker is reachable. */
  readonly fresh: ReadonlySignal<boolean>;
  /** Whether the mill wheel turns, as an attribute value. */
  readonly turning: ReadonlySignal<"true" | "false">;
  /** The age of the newest status in ms; 0 while it is fresh. */
  readonly ageMs: ReadonlySignal<number>;
  readonly link: ReadonlySignal<LinkState>;
  /** The latency of statuses in ms, or null if unknown; updated once a second. */
  readonly delayMs: ReadonlySignal<number | null>;
  /** How far the reader's clock is ahead of the server's, in ms (negative: behind); null within 3 s. */
  readonly clockOffMs: ReadonlySignal<number | null>;
  /** The time of the displayed figures, ms since the epoch; null before the first. */
  readonly countedAt: ReadonlySignal<number | null>;
  readonly refreshing: ReadonlySignal<boolean>;
  /** Requests the status over HTTP, and reconnects the socket if it is down. */
  refresh(): Promise<ApiResult<ProcessorStatus>>;
}

let shared: { live: LiveStatus; take: (first: FirstStatus) => void } | null = null;

/**
 * Returns the live status of this page: in a browser shared by all islands and started by the first; on the
 * server a static one with the given data.
 */
export function liveStatus(first: FirstStatus | null): LiveStatus {
  if (typeof document === "undefined") return createLiveStatus(first).live;
  if (shared === null) {
    const created = createLiveStatus(first);
    shared = created;
    created.start();
  } else if (first !== null) {
    shared.take(first);
  }
  return shared.live;
}

function createLiveStatus(first: FirstStatus | null) {
  const model = createStatusModel(first?.status ?? null);
  const trace = signal(first?.trace ?? EMPTY_TRACE);
  const clock = createClockOffset();
  const delay = createDelay(clock);
  const countedAt = signal(first?.trace.points.at(-1)?.at ?? null);
  const refreshing = signal(false);

  const environment = browserEnvironment();
  // The page's figures are at most as new as the start of the navigation.
  const freshness = createFreshness(environment, performance.timeOrigin);
  const { ageMs } = freshness;
  const facts = computed(() => ({
    status: model.status.value,
    trace: trace.value,
    ageMs: ageMs.value,
  }));
  const health = computed(() => healthOf(facts.value));
  const fresh = computed(() => ageMs.value === 0 && health.value.state !== "broker");

  function take(status: ProcessorStatus, arrivedAt: number) {
    batch(() => {
      freshness.received(arrivedAt);
      if (!model.merge(status)) return;
      trace.value = withStatus(trace.peek(), status);
      countedAt.value = trace.peek().points.at(-1)?.at ?? null;
    });
  }

  const show = throttleLatest<string>((text, arrivedAt) => {
    const status = parseProcessorStatus(text);
    delay.note(status, arrivedAt);
    take(status, arrivedAt);
  }, { restMs: SHOWN_MS, environment });

  const socket = createLiveSocket({
    path() {
      model.resync();
      delay.reset();
      return "/ws/processor-status";
    },
    silenceMs: FRESH_MS,
    onMessage: show.offer,
  });

  async function request(): Promise<ApiResult<ProcessorStatus>> {
    const sentAt = Date.now();
    const response = await callApi("/api/processor/status", processorStatus);
    if (response.kind === "done") {
      const receivedAt = Date.now();
      const { at: serverAt, outages } = response.data;
      // During an outage, the status may be the last known one.
      if (outages === undefined) clock.probed({ sentAt, serverAt, receivedAt });
      take(response.data, receivedAt);
    }
    return response;
  }

  const live: LiveStatus = {
    model,
    health,
    troubles: computed(() => troublesOf(facts.value)),
    rates: computed(() => ratesOf(trace.value)),
    trace,
    fresh,
    turning: computed(() => APPEARANCE[health.value.state].turns && fresh.value ? "true" : "false"),
    ageMs,
    link: socket.state,
    delayMs: delay.ms,
    clockOffMs: clock.offMs,
    countedAt,
    refreshing,
    async refresh() {
      refreshing.value = true;
      socket.wake();
      const response = await request();
      refreshing.value = false;
      return response;
    },
  };

  return {
    live,
    take({ status, trace: past }: FirstStatus) {
      if (status === null || model.status.peek() !== null) return;
      batch(() => {
        trace.value = past;
        model.merge(status);
        countedAt.value = past.points.at(-1)?.at ?? null;
      });
    },
    start() {
      freshness.check();
      environment.onReturn(freshness.check);
      socket.start();
      // Compares the clocks once; a failure of this request is visible as a lost socket.
      void request();
    },
  };
}

/** Measures the latency of statuses, in ms. */
function createDelay(clock: ReturnType<typeof createClockOffset>) {
  const ms = signal<number | null>(null);
  let shownAt = 0;
  /** Whether the next status predates the socket, so that its age is not a latency. */
  let isFirst = true;
  return {
    ms,
    /** Called when the socket connects. */
    reset() {
      isFirst = true;
    },
    note(status: ProcessorStatus, arrivedAt: number) {
      // During an outage of the broker, reports use the node's clock.
      if (status.outages !== undefined) return;
      if (isFirst) {
        isFirst = false;
        return;
      }
      const delay = clock.arrived(status.at, arrivedAt);
      if (arrivedAt - shownAt < DELAY_SHOWN_MS) return;
      shownAt = arrivedAt;
      ms.value = delay;
    },
  };
}
