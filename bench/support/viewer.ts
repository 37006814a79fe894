import { parseProcessorStatus } from "../../lib/status/processor_status.ts";
import { epochMs } from "./clock.ts";

/** A socket on the status of a node, and when each of its messages came. */
export interface Viewer extends AsyncDisposable {
  /** Milliseconds since the epoch, with their fractions, and the message's `processed_total`. */
  readonly messages: readonly { at: number; processed: number }[];
  /** Waits for a message that counts at least so many; answers how many the last one counts. */
  untilProcessed(total: number): Promise<number>;
  /** When the first message came that counts at least so many. */
  sawAt(total: number): number;
}

/** Opens the socket; what is asked of it waits until it is open. */
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
      while (find(total) === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
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
