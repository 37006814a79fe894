import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium, type TestBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";
import { hasPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { activeCount, nameOf, startTestCluster } from "../support/test_cluster.ts";

/** A generous limit, because the machine may be busy. */
const SEEN_MS = 30_000;

/** The design's limit: the detection takes 2.5 s at most, and a page shows two statuses a second. */
const SHOWN_WITHIN_MS = 3_000;

/** Records when a page's title, which names the health, changed, and how late its timers were. */
async function watchTitle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = { changes: [] as { at: number; title: string }[], lagMs: 0 };
    Object.assign(globalThis, { watch });
    const note = () => {
      if (watch.changes.at(-1)?.title === document.title) return;
      watch.changes.push({ at: Date.now(), title: document.title });
    };
    new MutationObserver(note).observe(document.head, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    let due = Date.now() + 100;
    setInterval(() => {
      watch.lagMs = Math.max(watch.lagMs, Date.now() - due);
      due = Date.now() + 100;
    }, 100);
  });
}

/**
 * Asserts that a page's title matched within the limit of what happened at `since`. The delay of timers on a busy
 * machine, which this page observed meanwhile, is not the design's.
 */
async function assertShownInTime(page: Page, title: RegExp, since: number) {
  const { changes, lagMs } = await page.evaluate(() =>
    (globalThis as unknown as {
      watch: { changes: { at: number; title: string }[]; lagMs: number };
    }).watch
  );
  const shown = changes.find((change) => change.at >= since && title.test(change.title));
  const after = (shown?.at ?? Infinity) - since;
  assert.ok(after <= SHOWN_WITHIN_MS + 2 * lagMs, `after ${after} ms, with a lag of ${lagMs} ms`);
}

/** The views that show the health: the overview, another page's header, and the wall view. */
interface Views extends AsyncDisposable {
  overview: Page;
  logs: Page;
  wall: Page;
}

async function openViews(chromium: TestBrowser, { url }: Millrace): Promise<Views> {
  const open = async (path: string) => {
    const { page } = await chromium.newPage({ locale: "en-US" });
    await page.goto(url + path);
    return page;
  };
  const [overview, logs, wall] = [await open("/"), await open("/logs"), await open("/?view=wall")];
  return {
    overview,
    logs,
    wall,
    async [Symbol.asyncDispose]() {
      for (const page of [overview, logs, wall]) await page.close();
    },
  };
}

interface Expected {
  name: string | RegExp;
  reason: RegExp;
  title: RegExp;
  icon: string;
  /** Whether the wheel spins. */
  turns: boolean;
}

/** Waits until every view shows this health and no other. */
async function assertAllShow({ overview, logs, wall }: Views, expected: Expected) {
  const text = async (page: Page, field: string) =>
    await page.locator(`[data-field="${field}"]`).textContent({ timeout: 2_000 }) ?? "";
  const assertName = (found: string) =>
    typeof expected.name === "string"
      ? assert.equal(found, expected.name)
      : assert.match(found, expected.name);
  await eventually(async () => {
    for (const page of [overview, wall]) {
      assertName(await text(page, "running"));
      assert.match(await text(page, "verdict"), expected.reason);
      const turning = await page.locator(".verdict").getAttribute("data-turning");
      assert.equal(turning, String(expected.turns));
    }
    assertName(await text(logs, "health"));
    assert.match(await text(logs, "reason"), expected.reason);
    for (const page of [overview, logs, wall]) {
      assert.match(await page.title(), expected.title);
      const icon = await page.locator("#icon").getAttribute("href");
      assert.equal(icon, `/icons/${expected.icon}.svg`);
    }
  }, SEEN_MS);
}

async function healthOf(node: Millrace): Promise<Record<string, unknown>> {
  const { data } = await (await node.fetch("/api/processor/status")).json();
  return data.health;
}

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
    await assertAllShow(views, {
      name: "Keeping up",
      reason: /^no article waits$/,
      title: /^Keeping up · 0 waiting – /,
      icon: "ok",
      turns: true,
    });
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
    const well: Expected = {
      name: "Keeping up",
      reason: /^no article waits$/,
      title: /^Keeping up · 0 waiting – /,
      icon: "ok",
      turns: true,
    };
    await assertAllShow(views, well);
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
    await assertAllShow(views, well);
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
    await assertAllShow(views, {
      name: "Keeping up",
      reason: /^no article waits$/,
      title: /^Keeping up · 0 waiting – /,
      icon: "ok",
      turns: true,
    });
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
      await assertAllShow(views, {
        name: /^(Workers restarting|Falling behind)$/,
        reason: /^\d+ restarts in a minute|^[\d.,]+ more wait each second/,
        title: /^(Workers restarting|Behind · [\d,]+) – /,
        icon: "warn",
        turns: true,
      });
    } finally {
      clearInterval(feed);
      await importing;
    }
  },
});
