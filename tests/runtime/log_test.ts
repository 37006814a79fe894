import assert from "node:assert/strict";
import { createMemoryBus } from "../../lib/bus/memory_bus.ts";
import { type KnownMessage, openLog } from "../../lib/runtime/log.ts";
import type { LoggedLine } from "../../lib/wire/log_line.ts";
import { eventually } from "../support/eventually.ts";

const MESSAGES: Record<string, KnownMessage> = {
  "Article {article} failed.": { code: "article_failed", one: undefined },
  "Node {node} holds {count} articles.": {
    code: "held",
    one: "Node {node} holds {count} article.",
  },
};
const messageOf = (template: string) => MESSAGES[template];

function memoryBus() {
  return createMemoryBus({
    onError: (error) => {
      throw error;
    },
  });
}

Deno.test("lines logged before the broker connects are delivered afterwards", async () => {
  await using bus = memoryBus();
  await using log = await openLog("info", messageOf);
  log.logger.info("Started as {role}.", { role: "all" });
  log.attach(bus, "node-1");
  log.logger.error("Article {article} failed.", { article: 7 });
  const lines = await eventually(async () => {
    const { lines } = await bus.recentLogs({ limit: 10 });
    assert.equal(lines.length, 2);
    return lines;
  });
  const [first, second] = lines;
  assert.equal(first?.message, "Started as all.");
  assert.equal(first?.node, "node-1");
  assert.equal(second?.level, "error");
  assert.equal(second?.article, 7);
  assert.equal(second?.code, "article_failed");
  assert.deepEqual(second?.parameters, { article: "7" });
  assert.ok(!("code" in first!));
  assert.ok(first!.id < second!.id);
});

Deno.test("a line agrees in number with its first number, and its parts are in the plural", async () => {
  await using log = await openLog("info", messageOf);
  const lines: LoggedLine[] = [];
  log.keep((line) => lines.push(line));
  for (const count of [1, 2, 0]) {
    log.logger.info("Node {node} holds {count} articles.", { node: "1", count });
  }
  assert.deepEqual(lines.map(({ message }) => message), [
    "Node 1 holds 1 article.",
    "Node 1 holds 2 articles.",
    "Node 1 holds 0 articles.",
  ]);
  assert.deepEqual(lines[0]?.parts, ["Node ", "1", " holds ", "1", " articles."]);
  assert.deepEqual(lines[0]?.parameters, { node: "1", count: "1" });
});

Deno.test("lines below the level are not written", async () => {
  await using bus = memoryBus();
  {
    await using log = await openLog("warning", messageOf);
    log.attach(bus, "node-1");
    log.logger.info("quiet");
    log.logger.warning("loud");
  }
  const { lines } = await bus.recentLogs({ limit: 10 });
  assert.deepEqual(lines.map(({ message }) => message), ["loud"]);
});

Deno.test("closing the log flushes the last lines", async () => {
  await using bus = memoryBus();
  {
    await using log = await openLog("info", messageOf);
    log.attach(bus, "node-1");
    log.logger.info("The last words.");
  }
  const { lines } = await bus.recentLogs({ limit: 10 });
  assert.equal(lines.length, 1);
});

Deno.test("during a broker outage, lines are buffered in order, up to a bound", async () => {
  await using bus = memoryBus();
  let away = true;
  let refused = 0;
  const flaky = {
    ...bus,
    async appendLogs(lines: Parameters<typeof bus.appendLogs>[0]) {
      if (!away) return await bus.appendLogs(lines);
      refused++;
      throw new Error("away");
    },
  };
  {
    await using log = await openLog("error", messageOf);
    log.attach(flaky, "node-1");
    for (let at = 0; at < 20; at++) log.logger.error("line {at}", { at });
    await eventually(() => assert.ok(refused > 0));
    away = false;
  }
  const { lines } = await bus.recentLogs({ limit: 100 });
  assert.deepEqual(
    lines.map(({ message }) => message),
    Array.from({ length: 20 }, (_, at) => `line ${at}`),
  );
});
