import { effect, type ReadonlySignal } from "@preact/signals";
import * as v from "valibot";
import { createLiveSocket, type LinkState } from "./live_socket.ts";
import { createLogModel, type LogLine, logLine, type LogModel } from "./log_model.ts";

/** A log as it comes, without a gap after a reconnect. */
export interface LiveLog extends Disposable {
  readonly model: LogModel;
  start(): void;
}

export interface LiveLogOptions {
  /** The most lines to show. */
  capacity: number;
  /**
   * The state of the status' socket: silence is normal for a log, so that what is lost unnoticed shows
   * there.
   */
  status: ReadonlySignal<LinkState>;
  /** Fetches lines from before the page, oldest first, which come first; it does not reject. */
  earlier?: () => Promise<LogLine[]>;
}

/**
 * Follows the system's log.
 *
 * @param initial The lines that the page was made with.
 */
export function createLiveLog(
  initial: LogLine[],
  { capacity, status, earlier = () => Promise.resolve([]) }: LiveLogOptions,
): LiveLog {
  const model = createLogModel({
    initial,
    capacity,
    schedule: (show) => requestAnimationFrame(show),
  });
  const socket = createLiveSocket({
    path() {
      const since = model.lastId();
      return since === null ? "/ws/processor-logs" : `/ws/processor-logs?since=${since}`;
    },
    silenceMs: null,
    onMessage: (text) => model.add(v.parse(logLine, JSON.parse(text))),
  });

  let stopFollowing = () => {};
  let ended = false;

  async function open() {
    for (const line of await earlier()) model.add(line);
    if (!ended) socket.start();
  }

  return {
    model,
    start() {
      void open();
      let wasLost = false;
      stopFollowing = effect(() => {
        const { kind } = status.value;
        if (kind === "live" && wasLost && socket.state.peek().kind !== "stopped") socket.renew();
        wasLost = kind === "waiting" || kind === "stale" || (wasLost && kind !== "live");
      });
    },
    [Symbol.dispose]() {
      ended = true;
      stopFollowing();
      socket.stop();
    },
  };
}
