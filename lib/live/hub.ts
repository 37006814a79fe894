import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import { toError } from "../runtime/errors.ts";
import { CLOSE_CODES } from "../wire/close_codes.ts";
import type { WatchedSocket } from "./socket_backpressure.ts";
import { createLogFeed } from "./log_feed.ts";
import { createStatusFeed } from "./status_feed.ts";
import { sleep } from "../runtime/sleep.ts";

const CHECK_MS = 1_000;
/** The timeout of the closing handshakes. */
const CLOSING_MS = 1_000;

/** Broadcasts messages to the sockets of a web node: one subscription, many sockets. */
export interface Hub extends AsyncDisposable {
  start(): Promise<void>;
  /** Sends the newest status, then each change. Detaches when the socket closes. */
  attachStatus(socket: WatchedSocket): void;
  /** Sends the recent lines, or those after `since`, then each new one; `word` returns a line for the reader. */
  attachLogs(socket: WatchedSocket, since: number | null, word: (line: string) => string): void;
  /** Sends the recent bulk operations whenever one of them makes progress. */
  attachOperations(socket: WatchedSocket): void;
  /** Accepts a status that this node assembled; newer ones from the bus supersede it. */
  pushStatus(status: string): void;
  sockets(): number;
  /** Messages since the start: written to sockets, and skipped because a socket had yet to read. */
  messages(): { sent: number; skipped: number };
  /** Closes every socket with a code that makes its client reconnect, and waits for the handshakes. */
  stop(): Promise<void>;
}

export function createHub(bus: Bus, logger: Logger): Hub {
  const now = () => performance.now();
  const messages = { sent: 0, skipped: 0 };
  const count = (sent: boolean) => void messages[sent ? "sent" : "skipped"]++;
  const statuses = createStatusFeed(now, count);
  const operations = createStatusFeed(now, count);
  const logs = createLogFeed(bus, now, count);
  const running = new AsyncDisposableStack();
  let stopping = false;

  function detachOnClose(socket: WatchedSocket, attached: Disposable) {
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
    while (sockets() > 0 && now() < until) await sleep(10);
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
        logs.stop();
      });
    },
    attachStatus(socket) {
      detachOnClose(socket, statuses.attach(socket));
    },
    attachOperations(socket) {
      detachOnClose(socket, operations.attach(socket));
    },
    attachLogs(socket, since, word) {
      logs.attach(socket, since, word).then(
        (attached) => detachOnClose(socket, attached),
        (error) => {
          logger.warning("Cannot replay the log: {error}", { error: toError(error) });
          socket.close(CLOSE_CODES.goingAway, "the log cannot be read");
        },
      );
    },
    pushStatus: statuses.push,
    sockets,
    messages: () => ({ ...messages }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
