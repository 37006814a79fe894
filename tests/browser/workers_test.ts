import assert from "node:assert/strict";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines } from "../support/overview.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const cluster = hasChromium && hasRedis && hasPostgres;
const inEnglish = { locale: "en-US" };

Deno.test({
  name: "the workers page shows each node and worker, pauses a node, and marks lost nodes",
  ignore: !cluster,
  async fn(t) {
    await using redis = await startRedis();
    await using postgres = await startPostgres();
    const env = { REDIS_URL: redis.url, DATABASE_URL: postgres.url };
    await using one = await startMillrace({ env: { ...env, ROLE: "all" } });
    await using two = await startMillrace({ env: { ...env, ROLE: "worker" } });
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(`${one.url}/workers`);
    const nodes = page.locator(".node");
    const names = await eventually(async () => {
      const found = await nodes.evaluateAll((all) => all.map((each) => each.dataset.node ?? ""));
      assert.equal(found.length, 2);
      return found;
    });
    const name = names.find((each) => one.log().includes(`Node ${each} runs`))!;
    const other = names.find((each) => each !== name)!;
    const node = (which: string) => page.locator(`.node[data-node="${which}"]`);
    const fact = (which: string, word: string) =>
      node(which).locator(`[data-fact="${word}"] dd`).textContent();
    const condition = (which: string) => node(which).getAttribute("data-condition");

    await t.step("both nodes have one row per worker", async () => {
      await page.getByText(/^2 online; \d+ workers$/).waitFor();
      for (const each of names) assert.ok(await node(each).locator("tbody tr").count() > 0);
      assert.match(await fact(name, "memory") ?? "", /MB/);
    });

    await t.step("a paused node takes no articles", async () => {
      await node(name).getByRole("button", { name: "Pause", exact: true }).click();
      await eventually(async () => assert.equal(await condition(name), "paused"));
      assert.equal(await condition(other), "running");
      await importLines(one, Array.from({ length: 120 }, (_, n) => articleLine(n)));
      await eventually(async () => assert.equal(await fact(other, "processed"), "120"));
      assert.equal(await fact(name, "processed"), "0");
      assert.match(one.log(), /is paused by admin at 127\.0\.0\.1/);
    });

    await t.step("a resumed node continues", async () => {
      await node(name).getByRole("button", { name: "Resume", exact: true }).click();
      await eventually(async () => assert.equal(await condition(name), "running"));
    });

    await t.step("a new number of workers applies to every node", async () => {
      await page.getByLabel("Workers on each node").fill("1");
      await page.getByRole("button", { name: "Apply" }).click();
      await eventually(async () => {
        for (const each of names) assert.equal(await node(each).locator("tbody tr").count(), 1);
      });
    });

    await t.step(
      "a killed node is shown as lost, with the time since its last report",
      async () => {
        await two.kill();
        await eventually(async () => assert.equal(await condition(other), "lost"));
        await page.getByText(/^1 online, 1 lost; \d+ workers?$/).waitFor();
        await node(other).getByText(/^lost for \d+ s/).waitFor();
        assert.equal(await node(other).getByRole("button").count(), 0);
        const response = await one.fetch(`/api/processor/nodes/${other}/pause`, { method: "POST" });
        assert.equal(response.status, 409);
      },
    );

    await t.step("an unknown node cannot be paused", async () => {
      const response = await one.fetch("/api/processor/nodes/nobody/pause", { method: "POST" });
      assert.equal(response.status, 404);
    });

    assert.deepEqual(errors.filter((error) => !error.includes("status of 404")), []);
  },
});

Deno.test({
  name: "the workers page is accessible, and works without scripts",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();

    await t.step("without scripts, its forms work and return to the page", async () => {
      const { page, errors } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
      await page.goto(`${millrace.url}/workers`);
      await page.getByLabel("Workers on each node").fill("1.5");
      await page.getByRole("button", { name: "Apply" }).click();
      const field = page.locator("#concurrency:focus[aria-invalid=true]");
      assert.equal(await field.inputValue(), "1.5");
      await page.getByText("Must be a whole number from 1 to 32").waitFor();
      await page.getByRole("button", { name: "Pause", exact: true }).click();
      assert.equal(await page.locator(".notice > p:not(:empty)").textContent(), "Pausing…");
      await eventually(async () => {
        await page.goto(`${millrace.url}/workers`);
        assert.equal(await page.locator(".node").getAttribute("data-condition"), "paused");
      });
      await page.getByLabel("Workers on each node").fill("1");
      await page.getByRole("button", { name: "Apply" }).click();
      await eventually(async () => {
        await page.goto(`${millrace.url}/workers`);
        assert.equal(await page.locator(".node tbody tr").count(), 1);
      });
      assert.deepEqual(errors, []);
    });

    await t.step("starting the stream ends a pause", async () => {
      await millrace.fetch("/api/processor/start", { method: "POST" });
      const { page } = await chromium.newPage(inEnglish);
      await page.goto(`${millrace.url}/workers`);
      await page.locator('.node[data-condition="running"]').waitFor();
    });

    await t.step("a hanging article is shown with its processing time", async () => {
      await configure(millrace, { time_limit_seconds: 600 });
      const title = "The one that hangs";
      const line = JSON.stringify({ title, content: "[[millrace:loop]]" });
      await importLines(millrace, [`${line}\n`]);
      const { page } = await chromium.newPage(inEnglish);
      await page.goto(`${millrace.url}/workers`);
      const quarantine = page.getByRole("region", { name: "In quarantine" });
      await quarantine.getByText(/^\d+ s$/).waitFor();
      await quarantine.getByRole("link").click();
      await page.getByRole("heading", { name: title }).waitFor();
    });

    await t.step("axe-core finds no violations, and nothing overflows", async () => {
      await assertAccessible(
        chromium,
        `${millrace.url}/workers`,
        (page) => page.locator(".quarantine").waitFor(),
      );
    });
  },
});
