// The entry point of the quarantine thread for one suspicious article. The work runs while the module loads,
// since only then is the thread's owner notified immediately when the memory is exhausted.

import { parentPort, workerData } from "node:worker_threads";
import { computeBatch } from "./compute.ts";
import { swallowPoison } from "./poison.ts";
import type { QuarantineOrder, QuarantineReply } from "./protocol.ts";
import { withTimeLimit } from "./time_limit.ts";

const { article, settings, limitMs, poison }: QuarantineOrder = workerData;

const timed = withTimeLimit(
  limitMs,
  () => computeBatch([article], settings, poison ? swallowPoison : undefined),
);
const reply: QuarantineReply = timed.kind === "finished"
  ? { type: "done", computed: timed.value }
  : { type: "overran" };
parentPort?.postMessage(reply);
