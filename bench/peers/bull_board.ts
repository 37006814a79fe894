// Two pages with the number of articles that BullMQ has completed: bull-board with its defaults, under
// /board, and a page that polls once a second, under /poll. Writes its port to the output.

import { createServer } from "node:http";
import process from "node:process";
import { load } from "./packages.ts";
import { environment } from "./peer.ts";

const { Queue } = load("bullmq");
const { createBullBoard } = load("@bull-board/api");
const { BullMQAdapter } = load("@bull-board/api/bullMQAdapter");
const { ExpressAdapter } = load("@bull-board/express");
const express = load("express");

const connection = { host: "127.0.0.1", port: Number(new URL(environment.redisUrl).port) };
const queue = new Queue("articles", { connection });

const adapter = new ExpressAdapter();
adapter.setBasePath("/board");
createBullBoard({ queues: [new BullMQAdapter(queue)], serverAdapter: adapter });
const app = express();
app.use("/board", adapter.getRouter());
app.get("/done", async (_: unknown, response: { json(body: unknown): void }) => {
  response.json(await queue.getCompletedCount());
});
app.get("/poll", (_: unknown, response: { type(kind: string): { send(body: string): void } }) => {
  response.type("html").send(`<!doctype html><title>Poll</title><b id="done"></b><script>
    setInterval(async () => {
      document.getElementById("done").textContent = await (await fetch("/done")).text();
    }, 1000);
  </script>`);
});
const server = createServer(app);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});
