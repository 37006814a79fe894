import { effect, type ReadonlySignal } from "@preact/signals";
import { createLiveSocket, type LinkState } from "./live_socket.ts";
import { createLogModel, type LogLine, logLine, type LogModel } from "./log_model.ts";

/** A log as it comes, without a gap after a reconnect. */
export interface LiveLog extends Disposable {
  readonly model: LogModel;
  start(): void;
}

/**
 * Follows the system's log.
 *
 * @param initial The lines that the page was made with.
 * @param capacity The most lines to show.
 * @param status The state of the status' socket: silence is normal for a log, so that what is lost
 * unnoticed shows there.
 */
export function createLiveLog(
  initial: LogLine[],
  { capacity, status }: { capacity: number; status: ReadonlySignal<LinkState> },
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
    onMessage: (text) => model.add(logLine.parse(JSON.parse(text))),
  });

  let stopFollowing = () => {};
  return {
    model,
    start() {
      socket.start();
      let wasLost = false;
      stopFollowing = effect(() => {
        const { kind } = status.value;
        if (kind === "live" && wasLost) socket.renew();
        wasLost = kind === "waiting" || kind === "stale" || (wasLost && kind !== "live");
      });
    },
    [Symbol.dispose]() {
      stopFollowing();
      socket.stop();
    },
  };
}
