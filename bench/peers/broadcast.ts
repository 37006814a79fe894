import process from "node:process";
import { load } from "./packages.ts";
import { environment } from "./peer.ts";

/** The subscribed channel. */
const CHANNEL = "processor:status:realtime";

/**
 * Calls `send` with each message of the channel, from one subscription. Writes the port to the output once
 * subscribed, and exits when its input ends.
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
