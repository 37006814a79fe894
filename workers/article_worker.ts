// The entry point of the Web Worker: pure computation without permissions.

import { computeBatch } from "./compute.ts";
import { computeSingly, suspicionMs } from "./compute_singly.ts";
import { swallowPoison } from "./poison.ts";
import type { PartMessage, WorkerReply, WorkerRequest } from "./protocol.ts";
import { unlessInterrupted } from "./time_limit.ts";
import { warmUp } from "./warm_up.ts";

let poison = false;

self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  switch (data.type) {
    case "configure":
      poison = data.poison;
      warmUp();
      reply({ type: "ready" });
      break;
    case "part":
      reply(compute(data));
      break;
  }
};

function compute({ part, articles, settings, limitMs, singly }: PartMessage): WorkerReply {
  const before = poison ? swallowPoison : undefined;
  let known: number | null = null;
  if (!singly) {
    let current: { id: number | null; since: number } = { id: null, since: 0 };
    const computed = unlessInterrupted(
      limitMs,
      () =>
        computeBatch(articles, settings, before, (id) => {
          current = { id, since: performance.now() };
        }),
    );
    if (computed !== null) return { type: "done", part, computed, suspects: [] };
    if (articles.length === 1 || performance.now() - current.since >= limitMs) known = current.id;
  }
  const alone = computeSingly(articles, settings, {
    limitOf: (article) => Math.min(suspicionMs(article), limitMs),
    known,
    before,
  });
  return { type: "done", part, ...alone };
}

function reply(message: WorkerReply) {
  self.postMessage(message);
}
