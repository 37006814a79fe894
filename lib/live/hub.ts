import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import { toError } from "../runtime/errors.ts";
import { CLOSE_CODES } from "./close_codes.ts";
import { createLogFeed } from "./log_feed.ts";
import { createStatusFeed } from "./status_feed.ts";

const CHECK_MS = 1_000;
/** How long sockets have to agree to be closed. */
const CLOSING_MS = 1_000;

/** The part of a web node that hands messages to sockets: one subscription, many sockets. */
export interface Hub extends AsyncDisposable {
  start(): Promise<void>;
  /** Sends the newest status at once, then each change. Detaches by itself when the socket closes. */
  attachStatus(socket: WebSocket): void;
  /** Sends the recent lines, or those after `since`, then each new one. */
  attachLogs(socket: WebSocket, since: number | null): void;
  /** Sends the recent bulk operations each time that one of them moves. */
  attachOperations(socket: WebSocket): void;
  /** Takes a status that this node assembled itself; newer ones from the bus overtake it. */
  show(status: string): void;
  sockets(): number;
  /** Closes every socket with a code that tells its client to come back, and waits until they are. */
  stop(): Promise<void>;
}

export function createHub(bus: Bus, logger: Logger): Hub {
  const now = () => performance.now();
  const statuses = createStatusFeed(now);
  const operations = createStatusFeed(now);
  const logs = createLogFeed(bus, now);
  const running = new AsyncDisposableStack();
  let stopping = false;

  function untilClosed(socket: WebSocket, attached: Disposable) {
    const detach = () => attached[Symbol.dispose]();
    if (socket.readyState > WebSocket.OPEN) detach();
    socket.addEventListener("close", detach);
    socket.addEventListener("error", detach);
  }

  const feeds = [statuses, operations, logs];
  const sockets = () => feeds.reduce((sum, feed) => sum + feed.size(), 0);

  async function stop() {
    if (stopping) return;
    stopping = true;
    for (const feed of feeds) feed.closeAll(CLOSE_CODES.goingAway, "the node stops");
    const until = now() + CLOSING_MS;
    while (sockets() > 0 && now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    await running.disposeAsync();
  }

  return {
    async start() {
      running.use(await bus.subscribe(CHANNELS.status, statuses.push));
      running.use(await bus.subscribe(CHANNELS.operations, operations.push));
      running.use(await bus.subscribe(CHANNELS.logs, logs.push));
      const timer = setInterval(() => {
        for (const feed of feeds) feed.check();
      }, CHECK_MS);
      running.defer(() => {
        clearInterval(timer);
        statuses.stop();
        operations.stop();
      });
    },
    attachStatus(socket) {
      untilClosed(socket, statuses.attach(socket));
    },
    attachOperations(socket) {
      untilClosed(socket, operations.attach(socket));
    },
    attachLogs(socket, since) {
      logs.attach(socket, since).then(
        (attached) => untilClosed(socket, attached),
        (error) => {
          logger.warning("Cannot replay the log: {error}", { error: toError(error) });
          socket.close(CLOSE_CODES.goingAway, "the log cannot be read");
        },
      );
    },
    show: statuses.push,
    sockets,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
