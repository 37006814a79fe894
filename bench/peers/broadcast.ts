import process from "node:process";
import { load } from "./packages.ts";
import { environment } from "./peer.ts";

/** The channel that all listen to. */
const CHANNEL = "processor:status:realtime";

/**
 * Hands each message of the channel to `send`, over one subscription; says the port once that is made,
 * and ends with its input.
 */
export async function broadcast(port: number, send: (message: string) => void) {
  const { createClient } = load("redis");
  const subscriber = createClient({ url: environment.redisUrl });
  await subscriber.connect();
  await subscriber.subscribe(CHANNEL, send);
  process.stdout.write(`${port}\n`);
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}
