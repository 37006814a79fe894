import assert from "node:assert/strict";
import { z } from "zod";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { canShiftClock, clockOff } from "../support/shifted_clock.ts";
import {
  configure,
  nameOf,
  startTestCluster,
  statusOf,
  type TestCluster,
  withServers,
} from "../support/test_cluster.ts";

const HOUR_MS = 3_600_000;
const SOUND = 100;
const HARMFUL = 10;
const harmful = ({ content }: { content: string }) => content.includes("[[millrace:");

async function someHarmful() {
  const articles = await faultArticles(SOUND + HARMFUL);
  return articles.map((article, i) =>
    i < HARMFUL ? { ...article, content: `${article.content}<p>[[millrace:throw]]</p>` } : article
  );
}

/** The number of times Redis has run a command. */
async function callsOf({ redis }: TestCluster, name: string): Promise<number> {
  const info = z.string().parse(await redis.command("INFO", "commandstats"));
  return Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(info)?.[1] ?? 0);
}

const times = (text: string, part: string) => text.split(part).length - 1;

const name = "nodes and a Redis whose clocks are an hour off work normally and agree on the day";
const test = withServers(canShiftClock ? name : `${name} (skipped: libfaketime is not installed)`);

Deno.test({
  ...test,
  ignore: test.ignore || !canShiftClock,
  async fn(t) {
    // The clock of Redis cannot be shifted, so the others are: relative to Postgres, Redis is an hour ahead.
    await using cluster = await startTestCluster({ postgresEnv: clockOff(-1) });
    const { sql } = cluster.database;
    const env = { MILLRACE_POISON: "on" };
    const behind = await cluster.startNode("all", { ...env, ...clockOff(-2), TZ: "Asia/Shanghai" });
    const ahead = await cluster.startNode("all", { ...env, TZ: "America/Los_Angeles" });
    const right = await cluster.startNode("web", clockOff(-1));
    const nodes = [behind, ahead, right];
    await configure(right, { retry_max: 1 });
    const rowOf = async (node: Millrace) => {
      const name = await nameOf(node);
      return (await statusOf(right)).nodes.find((row) => row.node === name);
    };

    await t.step("retries are taken once, when due", async () => {
      const articles = await someHarmful();
      const before = await callsOf(cluster, "zrem");
      await importAll(right, articles);
      await audit({
        sql,
        articles: articles.length,
        harmful,
        deadAfter: 2,
        broker: cluster.broker,
        status: () => statusOf(right),
      });
      const waits = z.array(z.object({ ms: z.number() })).parse(
        await sql`
          SELECT extract(epoch FROM max(at) - min(at))::float8 * 1000 AS ms
          FROM attempts GROUP BY article_id`,
      );
      assert.equal(waits.length, HARMFUL);
      for (const { ms } of waits) assert.ok(ms >= 1_000 && ms < HOUR_MS / 2, `waited ${ms} ms`);
      const removals = await callsOf(cluster, "zrem") - before;
      assert.ok(removals < 2_000, `${removals} removals from sorted sets`);
    });

    await t.step(
      "a retry that is due by the broker's clock waits for the database's clock",
      async () => {
        const [{ id } = { id: 0 }] = z.array(z.object({ id: z.number() })).parse(
          await sql`
          UPDATE article_states SET state = 'retry', revision = revision + 1, tries = 1,
            due_at = now() + interval '3 s'
          WHERE article_id = (SELECT article_id FROM article_states WHERE state = 'processed' LIMIT 1)
          RETURNING article_id AS id`,
        );
        const before = await callsOf(cluster, "smismember");
        await cluster.redis.command("ZADD", "pending:articles:retry", "0", String(id));
        await eventually(async () => {
          const [row] = await sql`
          SELECT state, processed_at >= changed_at AS done FROM article_states
          WHERE article_id = ${id}`;
          assert.deepEqual({ ...row }, { state: "processed", done: true });
        }, 30_000);
        const takes = await callsOf(cluster, "smismember") - before;
        assert.ok(takes < 2_000, `it was requested ${takes} times`);
      },
    );

    await t.step("a message is signed with the database's time", async () => {
      const timestamps: number[] = [];
      await using receiver = Deno.serve({ port: 0, onListen: () => {} }, ({ headers }) => {
        timestamps.push(Number(headers.get("x-millrace-timestamp")));
        return new Response();
      });
      const send = async (path: string, body?: unknown) => {
        const response = await behind.fetch(`/api/alerts/targets${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
        return (await response.json()).data;
      };
      const url = `http://127.0.0.1:${receiver.addr.port}/`;
      const target = { name: "ops", kind: "webhook", url, secret: "a secret", language: "en" };
      const { id } = await send("", target);
      assert.equal((await send(`/${id}/test`)).delivered, true);
      const [{ now } = { now: 0 }] = z.array(z.object({ now: z.number() })).parse(
        await sql`SELECT extract(epoch FROM now())::float8 AS now`,
      );
      assert.equal(timestamps.length, 1);
      const off = timestamps[0]! - now;
      assert.ok(Math.abs(off) < 60, `the signature is ${off} s off`);
    });

    await t.step("a node reports its clock skew in its row, and logs it once", async () => {
      const offBy = async (node: Millrace) => Number((await rowOf(node))?.clock_off_ms);
      assert.ok(Math.abs(await offBy(behind) + HOUR_MS) < 60_000);
      assert.ok(Math.abs(await offBy(ahead) - HOUR_MS) < 60_000);
      assert.equal(times(behind.log(), "s behind the database's"), 1);
      assert.equal(times(ahead.log(), "s ahead of the database's"), 1);
      assert.equal(times(right.log(), "This machine's clock"), 0);
    });

    await t.step(
      "processed_today is equal on all nodes, in the configured time zone",
      async () => {
        const today = async () => {
          const all = await Promise.all(nodes.map(statusOf));
          return all.map(({ processed_today, time_zone }) => ({ processed_today, time_zone }));
        };
        const counted = await today();
        assert.deepEqual(counted, nodes.map(() => counted[0]));
        assert.equal(counted[0]?.time_zone, "UTC");
        assert.ok(counted[0].processed_today > 0);
        // Time zones half a day apart have different dates part of the time.
        await configure(ahead, { time_zone: "Pacific/Kiritimati" });
        await eventually(async () => {
          const changed = await today();
          assert.deepEqual(changed, nodes.map(() => changed[0]));
          assert.equal(changed[0]?.time_zone, "Pacific/Kiritimati");
        });
        const refused = await right.fetch("/api/processor/config", {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ time_zone: "Mars/Olympus" }),
        });
        assert.equal(refused.status, 400);
        assert.match(await refused.text(), /time_zone must be a time zone such as UTC/);
      },
    );
  },
});
