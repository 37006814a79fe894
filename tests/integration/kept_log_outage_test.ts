import assert from "node:assert/strict";
import { z } from "zod";
import { putLogRows } from "../../lib/database/log_rows.ts";
import { keptLogLine } from "../../lib/wire/log_line.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { nameOf, startTestCluster, withServers } from "../support/test_cluster.ts";

const HOUR_MS = 3_600_000;

const page = z.object({
  data: z.object({
    lines: z.array(keptLogLine),
    older: z.string().nullable(),
    newer: z.string().nullable(),
    searched_to: z.string().nullable(),
  }),
});

async function readLog(node: Millrace, query: string) {
  const response = await node.fetch(`/api/processor/logs?${query}`);
  assert.equal(response.status, 200);
  return page.parse(await response.json()).data;
}

const messages = ({ lines }: { lines: { message: string }[] }) =>
  lines.map(({ message }) => message);

Deno.test({
  ...withServers("the log of a killed node is read from another one, and an outage loses no line"),
  async fn(t) {
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web");
    const worker = await cluster.startNode("worker");
    const name = await nameOf(worker);

    await t.step("the last lines before a kill are found by the node's name", async () => {
      await eventually(async () => {
        const kept = await readLog(web, `since=0&node=${name}`);
        assert.ok(messages(kept).some((text) => text.includes("runs as worker")));
      });
      await worker.kill();
      const kept = messages(await readLog(web, `since=0&node=${name}`));
      assert.match(kept.at(-1) ?? "", /runs as worker/);
    });

    await t.step("lines during an outage of Postgres are kept when it is back", async () => {
      await cluster.postgres.kill();
      await eventually(() => assert.match(web.log(), /The database is unreachable/));
      await cluster.postgres.start();
      await eventually(async () => {
        const kept = messages(await readLog(web, "since=0&q=The database is"));
        assert.deepEqual(kept.map((text) => text.replace(/[;\d].*/, "").trim()), [
          "The database is unreachable",
          "The database is back after",
        ]);
      }, 40_000);
    });

    await t.step("a page of the log says so while Postgres is away", async () => {
      await cluster.postgres.kill();
      const response = await web.fetch(`/logs?until=${Date.now()}`);
      assert.match(
        await response.text(),
        /<p class="log-none">[^<]*(database is unavailable|数据库不可用)/,
      );
      await cluster.postgres.start();
    });
  },
});

Deno.test("an embedded node still has its log after a restart, by pages and as a file", async (t) => {
  await using millrace = await startMillrace();
  await millrace.kill("SIGTERM");
  await millrace.start();

  await t.step("what it logged in its former life, including its stop, is there", async () => {
    const kept = messages(await readLog(millrace, "since=0"));
    assert.ok(kept.some((text) => /^Node \S+ stops\.$/.test(text)));
  });

  await t.step("pages of one line join in both directions", async () => {
    const all = messages(await readLog(millrace, `since=0&until=${Date.now()}`));
    const older: string[] = [];
    for (let query = `until=${Date.now()}`;;) {
      const got = await readLog(millrace, `${query}&limit=1`);
      older.unshift(...messages(got));
      if (got.older === null) break;
      query = `before=${encodeURIComponent(got.older)}`;
    }
    assert.deepEqual(older.slice(0, all.length), all);
    const { newer } = await readLog(millrace, `limit=1&before=${Date.now()}000.`);
    assert.notEqual(newer, null);
    const after = await readLog(millrace, `since=0&limit=1`);
    assert.deepEqual(messages(after), all.slice(0, 1));
    const next = await readLog(millrace, `limit=1&after=${encodeURIComponent(after.newer ?? "")}`);
    assert.deepEqual(messages(next), all.slice(1, 2));
    const back = await readLog(millrace, `before=${encodeURIComponent(next.older ?? "")}`);
    assert.deepEqual(messages(back), all.slice(0, 1));
  });

  await t.step("a time span is downloaded as text, oldest first", async () => {
    const response = await millrace.fetch("/api/processor/logs?since=0&format=text&q=stops");
    assert.match(response.headers.get("content-disposition") ?? "", /millrace\.log/);
    assert.match(await response.text(), /^\S+Z INFO {4}\S+ Node \S+ stops\.\n$/);
  });

  await t.step("a wrong cursor is a 400, and any time is a page", async () => {
    for (
      const [query, status] of [["before=x", 400], ["since=-1", 400], ["limit=0", 400]] as const
    ) {
      const response = await millrace.fetch(`/api/processor/logs?${query}`);
      await response.body?.cancel();
      assert.equal(response.status, status, query);
    }
    for (
      const query of ["until=0", "since=99999999999999", "before=9999999999999999.x", "q=%00x"]
    ) {
      const response = await millrace.fetch(`/logs?${query}`);
      await response.body?.cancel();
      assert.equal(response.status, 200, query);
    }
  });
});

Deno.test({
  ...withServers("lines expire by age and number, and the timeline shows those of any minute"),
  async fn(t) {
    await using cluster = await startTestCluster();
    const first = await cluster.startNode("web");
    const minute = Math.floor((Date.now() - 30 * HOUR_MS) / 60_000) * 60_000;
    await putLogRows(
      cluster.database.sql,
      "former",
      [
        ["kept for a day and a half", minute + 5_000, 312],
        ["too old", minute - 30 * HOUR_MS, 1],
      ].map(([message, at, lines]) => ({
        at: Number(at) * 1_000,
        level: "warning",
        message: String(message),
        lines: Number(lines),
        lastAt: Number(at) + 4_000,
        article: null,
        request: null,
        code: null,
        parameters: null,
      })),
    );

    await t.step("a minute of yesterday has its lines, and links to them", async () => {
      const html = await (await first.fetch(`/events?minute=${minute}`)).text();
      assert.match(html, /kept for a day and a half/);
      assert.match(html, /×312/);
      const link = /\/logs\?since=\d+&(?:amp;)?until=\d+/.exec(html)?.[0].replace("&amp;", "&");
      const logs = await (await first.fetch(link ?? "")).text();
      assert.match(logs, /kept for a day and a half/);
      assert.doesNotMatch(logs, /runs as/);
    });

    await t.step("a node deletes what has expired when it starts", async () => {
      await cluster.startNode("worker", { LOG_DAYS: "2" });
      await eventually(async () => {
        const kept = await readLog(first, "since=0&node=former");
        assert.deepEqual(messages(kept), ["kept for a day and a half"]);
        assert.equal(kept.lines[0]?.count, 312);
      });
    });
  },
});
