// The entry of a thread for one suspicious article. All happens while the module loads: only then
// does the thread's owner learn at once that its memory ran out.

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
