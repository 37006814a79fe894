import { effect, type ReadonlySignal } from "@preact/signals";
import { createLiveSocket, type LinkState } from "../live/live_socket.ts";
import { createLogModel, type LogLine, logLine, type LogModel } from "./log_model.ts";

/** A live log without gaps after a reconnect. */
export interface LiveLog extends Disposable {
  readonly model: LogModel;
  start(): void;
}

export interface LiveLogOptions {
  /** The maximum number of lines. */
  capacity: number;
  /**
   * The state of the status socket, which reveals a dead connection, since silence is normal for a log.
   */
  status: ReadonlySignal<LinkState>;
  /** Fetches earlier lines, oldest first, to be prepended; never rejects. */
  earlier?: () => Promise<LogLine[]>;
}

/**
 * Tails the system's log.
 *
 * @param initial The lines with which the page was rendered.
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
    onMessage: (text) => model.add(logLine.parse(JSON.parse(text))),
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
