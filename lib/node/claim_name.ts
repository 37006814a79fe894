import type { Queue } from "../queue/queue.ts";
import { ALIVE_MS } from "../queue/node_liveness.ts";
import { takeOver } from "../runtime/take_over.ts";

const CLAIM_S = ALIVE_MS / 1_000 + 0.5;

/**
 * Claims the node's name. A killed node's claim from another place expires within seconds. Throws when a live
 * node has claimed the name elsewhere, which means that `DATA_DIR` was copied.
 */
export async function claimName(
  queue: Pick<Queue, "claim">,
  name: string,
  place: string,
): Promise<void> {
  const claim = async () => await queue.claim(name, place) || null;
  if (await takeOver(claim, { seconds: CLAIM_S })) return;
  throw new Error(
    `Cannot start: a node named ${name} runs elsewhere. Its DATA_DIR was copied: ` +
      "delete the folder nodes in this one",
  );
}
