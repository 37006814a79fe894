import type { Queue } from "../queue/queue.ts";
import { ALIVE_MS } from "../queue/queue_timing.ts";
import { sleep } from "../runtime/sleep.ts";

const TRY_EVERY_MS = 500;

/**
 * Claims the node's name. A killed node's claim from another place expires within seconds. Throws when a live
 * node has claimed the name elsewhere, which means that `DATA_DIR` was copied.
 */
export async function claimName(
  queue: Pick<Queue, "claim">,
  name: string,
  place: string,
): Promise<void> {
  const never = new AbortController().signal;
  for (let waited = 0; waited <= ALIVE_MS + TRY_EVERY_MS; waited += TRY_EVERY_MS) {
    if (await queue.claim(name, place)) return;
    await sleep(TRY_EVERY_MS, never);
  }
  throw new Error(
    `Cannot start: a node named ${name} runs elsewhere. Its DATA_DIR was copied: ` +
      "delete the folder nodes in this one",
  );
}
