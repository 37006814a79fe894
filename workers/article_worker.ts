// The Web Worker's entry: pure computation. It opens nothing and needs no permission.

import { computeBatch } from "./compute.ts";
import { swallowPoison } from "./poison.ts";
import type { BatchMessage, WorkerReply, WorkerRequest } from "./protocol.ts";
import { withTimeLimit } from "./time_limit.ts";
import { warmUp } from "./warm_up.ts";

let poison = false;

self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  switch (data.type) {
    case "configure":
      poison = data.poison;
      warmUp();
      reply({ type: "ready" });
      break;
    case "batch":
      reply(answer(data));
      break;
  }
};

function answer({ batch, articles, settings, limitMs }: BatchMessage): WorkerReply {
  const timed = withTimeLimit(
    limitMs,
    () => computeBatch(articles, settings, poison ? swallowPoison : undefined),
  );
  return timed.kind === "finished"
    ? { type: "done", batch, computed: timed.value }
    : { type: "overran", batch };
}

function reply(message: WorkerReply) {
  self.postMessage(message);
}
