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
  name:
    "the workers page shows each node and worker, pauses one node, and shows a lost one as lost",
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

    await t.step("both nodes have a row for each worker", async () => {
      await page.getByText(/^2 online with \d+ workers$/).waitFor();
      for (const each of names) assert.ok(await node(each).locator("tbody tr").count() > 0);
      assert.match(await fact(name, "memory") ?? "", /MB/);
    });

    await t.step("a paused node leaves all articles to the other", async () => {
      await node(name).getByRole("button", { name: "Pause this node" }).click();
      await eventually(async () => assert.equal(await condition(name), "paused"));
      assert.equal(await condition(other), "running");
      await importLines(one, Array.from({ length: 120 }, (_, n) => articleLine(n)));
      await eventually(async () => assert.equal(await fact(other, "processed"), "120"));
      assert.equal(await fact(name, "processed"), "0");
      assert.match(one.log(), /pauses, as admin at 127\.0\.0\.1 asks/);
    });

    await t.step("resumed, it goes on", async () => {
      await node(name).getByRole("button", { name: "Resume this node" }).click();
      await eventually(async () => assert.equal(await condition(name), "running"));
    });

    await t.step("another number of workers holds on every node at once", async () => {
      await page.getByLabel("Workers on each node").fill("1");
      await page.getByRole("button", { name: "Apply" }).click();
      await eventually(async () => {
        for (const each of names) assert.equal(await node(each).locator("tbody tr").count(), 1);
      });
    });

    await t.step("a node that is killed is shown as lost, with how long it is silent", async () => {
      await two.kill();
      await eventually(async () => assert.equal(await condition(other), "lost"));
      await page.getByText("1 node is lost").waitFor();
      await node(other).getByText(/^Silent for \d+ sec/).waitFor();
      assert.equal(await node(other).getByRole("button").count(), 0);
      const answer = await one.fetch(`/api/processor/nodes/${other}/pause`, { method: "POST" });
      assert.equal(answer.status, 409);
    });

    await t.step("a node that nobody knows cannot be paused", async () => {
      const answer = await one.fetch("/api/processor/nodes/nobody/pause", { method: "POST" });
      assert.equal(answer.status, 404);
    });

    assert.deepEqual(errors.filter((error) => !error.includes("status of 404")), []);
  },
});

Deno.test({
  name: "the workers page is for everybody, with scripts and without",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();

    await t.step("without scripts its forms act and lead back", async () => {
      const { page, errors } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
      await page.goto(`${millrace.url}/workers`);
      await page.getByRole("button", { name: "Pause this node" }).click();
      assert.equal(await page.locator(".notice > p").textContent(), "The node pauses.");
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

    await t.step("the start of the stream ends a pause", async () => {
      await millrace.fetch("/api/processor/start", { method: "POST" });
      const { page } = await chromium.newPage(inEnglish);
      await page.goto(`${millrace.url}/workers`);
      await page.locator('.node[data-condition="running"]').waitFor();
    });

    await t.step("an article that hangs is shown, with how long it has been at it", async () => {
      await configure(millrace, { time_limit_seconds: 600 });
      const title = "The one that hangs";
      const line = JSON.stringify({ title, content: "[[millrace:loop]]" });
      await importLines(millrace, [`${line}\n`]);
      const { page } = await chromium.newPage(inEnglish);
      await page.goto(`${millrace.url}/workers`);
      const quarantine = page.getByRole("region", { name: "In quarantine" });
      await quarantine.getByText(/^\d+ sec$/).waitFor();
      await quarantine.getByRole("link").click();
      await page.getByRole("heading", { name: title }).waitFor();
    });

    await t.step("axe-core finds no fault, and nothing sticks out", async () => {
      await assertAccessible(
        chromium,
        `${millrace.url}/workers`,
        (page) => page.locator(".quarantine").waitFor(),
      );
    });
  },
});
