import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { epochMs } from "./clock.ts";
import { sleep } from "../../lib/runtime/sleep.ts";

/** A status socket that records when each message arrived. */
export interface Viewer extends AsyncDisposable {
  /** Fractional milliseconds since the epoch, and the message's `processed_total`. */
  readonly messages: readonly { at: number; processed: number }[];
  /** Waits for a message with at least `total` processed articles; returns the last message's total. */
  untilProcessed(total: number): Promise<number>;
  /** Returns when the first message with at least `total` processed articles arrived. */
  sawAt(total: number): number;
}

/** Opens the socket; calls wait until it is open. */
export function openViewer(url: string): Viewer {
  const socket = new WebSocket(url.replace(/^http/, "ws"));
  const messages: { at: number; processed: number }[] = [];
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.onmessage = ({ data }) => {
    const at = epochMs();
    messages.push({ at, processed: parseProcessorStatus(String(data)).processed_total });
  };
  const find = (total: number) => messages.find(({ processed }) => processed >= total);
  return {
    messages,
    async untilProcessed(total) {
      while (find(total) === undefined) await sleep(10);
      return messages.at(-1)!.processed;
    },
    sawAt(total) {
      const message = find(total);
      if (message === undefined) throw new Error(`No message counts ${total} articles`);
      return message.at;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed;
    },
  };
}
