import { type ReadonlySignal, signal } from "@preact/signals";
import { parseProcessorStatus, processorStatus } from "../status/processor_status.ts";
import type { ProcessorStatus } from "../status/processor_status.ts";
import { type Answer, callApi } from "./api.ts";
import { createClockOffset } from "./clock_offset.ts";
import { createLiveSocket, type LinkState } from "./live_socket.ts";
import { createStatusModel, type StatusModel } from "./status_model.ts";

/** A node tells its status each second at least; three seconds of silence are a fault. */
const SILENCE_MS = 3_000;
/** How often the delay that is shown changes: nobody reads twenty figures a second. */
const DELAY_SHOWN_MS = 1_000;

/** The status as it comes, and how it comes. */
export interface LiveStatus {
  readonly model: StatusModel;
  readonly link: ReadonlySignal<LinkState>;
  /** From a status' making to its arrival, in ms; null while that is not known. Once a second. */
  readonly delayMs: ReadonlySignal<number | null>;
  /** When the broker last told how things are, ms since the epoch; null: not since the page is there. */
  readonly knownAt: ReadonlySignal<number | null>;
  readonly refreshing: ReadonlySignal<boolean>;
  /** Asks for the status over HTTP, and for the socket if that is down. */
  refresh(): Promise<Answer<ProcessorStatus>>;
}

let shared: LiveStatus | null = null;

/**
 * The live status of this page: in a browser one for all islands, started by the first; on the server
 * the given one, at rest.
 */
export function liveStatus(initial: ProcessorStatus | null): LiveStatus {
  if (typeof document === "undefined") return createLiveStatus(initial).live;
  if (shared === null) {
    const { live, start } = createLiveStatus(initial);
    shared = live;
    start();
  }
  if (initial !== null && shared.model.status.peek() === null) shared.model.merge(initial);
  return shared;
}

function createLiveStatus(initial: ProcessorStatus | null) {
  const model = createStatusModel(initial);
  const clock = createClockOffset();
  const delayMs = signal<number | null>(null);
  const knownAt = signal(initial === null || brokerIsAway(initial) ? null : initial.at);
  const refreshing = signal(false);
  let delayShownAt = 0;
  /** Whether what comes next is the status of before the socket was there, whose age is no delay. */
  let isFirst = true;

  function note(status: ProcessorStatus) {
    if (!brokerIsAway(status)) knownAt.value = status.at;
    // An outage is told by the clock of the node, not of the broker that is away.
    if (status.outages !== undefined) return;
    if (isFirst) {
      isFirst = false;
      return;
    }
    const now = Date.now();
    const delay = clock.arrived(status.at, now);
    if (now - delayShownAt < DELAY_SHOWN_MS) return;
    delayShownAt = now;
    delayMs.value = delay;
  }

  const socket = createLiveSocket({
    path() {
      model.resync();
      isFirst = true;
      return "/ws/processor-status";
    },
    silenceMs: SILENCE_MS,
    onMessage(text) {
      const status = parseProcessorStatus(text);
      note(status);
      model.merge(status);
    },
  });

  async function ask(): Promise<Answer<ProcessorStatus>> {
    const sentAt = Date.now();
    const answer = await callApi("/api/processor/status", processorStatus);
    if (answer.kind === "done") {
      clock.asked({ sentAt, serverAt: answer.data.at, receivedAt: Date.now() });
      model.merge(answer.data);
    }
    return answer;
  }

  return {
    live: {
      model,
      link: socket.state,
      delayMs,
      knownAt,
      refreshing,
      async refresh() {
        refreshing.value = true;
        socket.wake();
        const answer = await ask();
        refreshing.value = false;
        return answer;
      },
    },
    start() {
      socket.start();
      // The clocks are compared once; how this question ends is of no concern to anybody.
      void ask();
    },
  };
}

function brokerIsAway({ outages }: ProcessorStatus): boolean {
  return outages?.includes("broker") === true;
}
