import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";
import { hasPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { activeCount, nameOf, startTestCluster } from "../support/test_cluster.ts";
import {
  assertAllShow,
  assertShownInTime,
  type Expected,
  openViews,
  watchTitle,
} from "../support/health_views.ts";

/** Waits until the API's status names workers that restart, or a growing backlog; returns a time just before. */
async function sufferingSince(node: Millrace): Promise<number> {
  for (let before = Date.now();; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (["restarting", "behind"].includes(String((await healthOf(node)).state))) return before;
    before = Date.now();
  }
}

async function healthOf(node: Millrace): Promise<Record<string, unknown>> {
  const { data } = await (await node.fetch("/api/processor/status")).json();
  return data.health;
}

const KEEPING_UP: Expected = {
  name: "Keeping up",
  reason: /^no article waits$/,
  title: /^Keeping up · 0 waiting – /,
  icon: "ok",
  turns: true,
};

Deno.test({
  name: "every view shows a node that was killed while processing, until its articles are requeued",
  ignore: !hasChromium || !hasRedis || !hasPostgres,
  async fn() {
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web");
    const worker = await cluster.startNode("worker");
    await using chromium = await startChromium();
    await using views = await openViews(chromium, web);
    const name = await nameOf(worker);
    await watchTitle(views.overview);
    let killedAt = 0;
    await cluster.database.sql.begin(async (lock) => {
      await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
      await importLines(web, Array.from({ length: 40 }, (_, n) => articleLine(n)));
      await eventually(async () => assert.ok(await activeCount(cluster, worker) > 0));
      killedAt = Date.now();
      await worker.kill();
    });
    await assertAllShow(views, {
      name: "Node lost",
      reason: new RegExp(`^${name} holds \\d+ articles, back in the queue `),
      title: /^Node lost · \d+ held – /,
      icon: "lost",
      turns: false,
    });
    await assertShownInTime(views.overview, /^Node lost/, killedAt);
    assert.equal((await healthOf(web)).state, "lost");
    await views.wall.locator(`[data-node="${name}"][data-condition="lost"]`).waitFor();
    await worker.start();
    await assertAllShow(views, KEEPING_UP);
  },
});

Deno.test({
  name: "while the server is frozen, every view is stale, also in a hidden tab",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await importLines(millrace, [articleLine(1)]);
    await using chromium = await startChromium();
    await using views = await openViews(chromium, millrace);
    await assertAllShow(views, KEEPING_UP);
    await watchTitle(views.overview);
    const frozenAt = Date.now();
    Deno.kill(millrace.pid, "SIGSTOP");
    try {
      await assertAllShow(views, {
        name: "No contact with the server",
        reason: /^these figures are \d+ s old \(\d\d:\d\d:\d\d\)$/,
        title: /^No contact since \d\d:\d\d:\d\d – /,
        icon: "stale",
        turns: false,
      });
      await assertShownInTime(views.overview, /^No contact since/, frozenAt);
      for (const page of [views.overview, views.logs, views.wall]) {
        assert.equal(await page.locator("html").getAttribute("data-stale"), "");
      }
      const note = views.overview.locator('[data-field="speed"] .say');
      assert.match(await note.textContent() ?? "", /^As of \d\d:\d\d:\d\d$/);
    } finally {
      Deno.kill(millrace.pid, "SIGCONT");
    }
    await assertAllShow(views, KEEPING_UP);
    assert.equal(await views.overview.locator("html").getAttribute("data-stale"), null);
  },
});

Deno.test({
  name: "every view shows that Redis is unavailable, and no stale text",
  ignore: !hasChromium || !hasRedis,
  async fn() {
    await using redis = await startRedis({ appendOnly: true });
    await using millrace = await startMillrace({ env: { REDIS_URL: redis.url } });
    await importLines(millrace, [articleLine(1)]);
    await using chromium = await startChromium();
    await using views = await openViews(chromium, millrace);
    const unavailable: Expected = {
      name: "Redis unavailable",
      reason: /^no answer since \d\d:\d\d:\d\d; articles are still accepted, processing waits$/,
      title: /^Redis down – /,
      icon: "bad",
      turns: false,
    };
    await watchTitle(views.overview);
    const frozenAt = Date.now();
    redis.freeze();
    await assertAllShow(views, unavailable);
    await assertShownInTime(views.overview, /^Redis down/, frozenAt);
    redis.thaw();
    await assertAllShow(views, KEEPING_UP);
    const killedAt = Date.now();
    await redis.kill();
    await assertAllShow(views, unavailable);
    await assertShownInTime(views.overview, /^Redis down/, killedAt);
    const { page } = await chromium.newPage({ locale: "en-US" });
    for (const path of ["/", "/workers", "/logs", "/?view=wall"]) {
      await page.goto(millrace.url + path);
      const text = await page.locator("main").textContent() ?? "";
      assert.doesNotMatch(text, /Nothing has been logged|0 online|No node is online|Keeping up/);
    }
    await redis.restart();
  },
});

Deno.test({
  name: "every view shows that Postgres does not respond, idle and under load",
  ignore: !hasChromium || !hasRedis || !hasPostgres,
  async fn() {
    await using cluster = await startTestCluster();
    await using wire = startTcpProxy(cluster.postgres.port);
    const url = `postgres://postgres@127.0.0.1:${wire.port}/postgres`;
    const web = await cluster.startNode("web", { DATABASE_URL: url });
    await cluster.startNode("worker", { DATABASE_URL: url });
    let number = 0;
    await importLines(web, [articleLine(number++)]);
    await using chromium = await startChromium();
    await using views = await openViews(chromium, web);
    for (const articles of [0, 2_000]) {
      await assertAllShow(views, KEEPING_UP);
      await importLines(web, Array.from({ length: articles }, () => articleLine(number++)));
      await watchTitle(views.overview);
      const stalledAt = Date.now();
      wire.stall();
      await assertAllShow(views, {
        name: "Database unavailable",
        reason: /^no answer since \d\d:\d\d:\d\d; processing waits and resumes by itself$/,
        title: /^Database down – /,
        icon: "bad",
        turns: false,
      });
      await assertShownInTime(views.overview, /^Database down/, stalledAt);
      wire.resume();
    }
    await assertAllShow(views, KEEPING_UP);
  },
});

Deno.test({
  name: "every view shows that articles keep crashing workers",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { time_limit_seconds: 1, batch_size: 1 });
    await using chromium = await startChromium();
    await using views = await openViews(chromium, millrace);
    const loop = (n: number) =>
      `${
        JSON.stringify({ title: `Loop ${n}`, content: "[[millrace:loop]]", source: `loop-${n}` })
      }\n`;
    await importLines(millrace, Array.from({ length: 48 }, (_, n) => loop(n)));
    await assertAllShow(views, {
      name: "Workers restarting",
      reason: /^\d+ restarts in a minute/,
      title: /^Workers restarting – /,
      icon: "warn",
      turns: true,
    });
  },
});

Deno.test({
  name: "every view shows that the stream suffers while one article in ten loops",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await configure(millrace, { time_limit_seconds: 1 });
    await using chromium = await startChromium();
    await using views = await openViews(chromium, millrace);
    let number = 0;
    const line = () =>
      ++number % 10 === 0
        ? articleLine(number).replace(/"content":"[^"]*"/, '"content":"[[millrace:loop]]"')
        : articleLine(number);
    let importing = Promise.resolve();
    const feed = setInterval(() => {
      importing = importing.then(() => importLines(millrace, Array.from({ length: 100 }, line)));
    }, 1_000);
    try {
      await watchTitle(views.overview);
      const since = await sufferingSince(millrace);
      await assertAllShow(views, {
        name: /^(Workers restarting|Falling behind)$/,
        reason: /^\d+ restarts in a minute|^[\d.,]+ more wait each second/,
        title: /^(Workers restarting|Behind · [\d,]+) – /,
        icon: "warn",
        turns: true,
      });
      await assertShownInTime(views.overview, /^(Workers restarting|Behind)/, since);
    } finally {
      clearInterval(feed);
      await importing;
    }
  },
});
