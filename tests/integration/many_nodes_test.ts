import assert from "node:assert/strict";
import { z } from "zod";
import { generateArticle } from "../../bench/articles.ts";
import type { RedisConnection } from "../../lib/redis/redis_connection.ts";
import { parseProcessorStatus, type ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { openSocketClient } from "../support/socket_client.ts";
import {
  command,
  configure,
  nameOf,
  startTestCluster,
  statusOf,
  withServers,
} from "../support/test_cluster.ts";

const SOME = 400;
/** The maximum number of statuses per second of the whole cluster. */
const MOST_A_SECOND = 20;

/** Redis's own clock, in ms. */
async function now(broker: RedisConnection): Promise<number> {
  const [seconds, micros] = z.tuple([z.coerce.number(), z.coerce.number()])
    .parse(await broker.send(["TIME"]));
  return seconds * 1_000 + micros / 1_000;
}

const namesOf = async (nodes: Millrace[]) => (await Promise.all(nodes.map(nameOf))).sort();

/** Waits until the live nodes are these, all running or all stopped; returns the status. */
async function untilAll(web: Millrace, nodes: Millrace[], running: boolean) {
  const names = await namesOf(nodes);
  return await eventually(async () => {
    const status = await statusOf(web);
    const alive = status.nodes.filter(({ lost }) => !lost);
    assert.deepEqual(
      alive.map((row) => [row.node, row.running]),
      names.map((name) => [name, running]),
    );
    assert.equal(status.running, running);
    return status;
  });
}

Deno.test({
  ...withServers("nodes that share a Redis and a Postgres form one cluster"),
  async fn(t) {
    await using cluster = await startTestCluster();
    const { broker, database: { sql } } = cluster;
    const web = await cluster.startNode("web");
    const workers = await Promise.all([cluster.startNode("worker"), cluster.startNode("worker")]);
    let imported = 0;
    async function importSome() {
      const some = Array.from({ length: SOME }, (_, i) => generateArticle(imported + i));
      imported += SOME;
      await importAll(web, some);
    }
    const auditAll = () => audit({ sql, articles: imported, broker, status: () => statusOf(web) });
    const held = async (node: Millrace) =>
      Number(await broker.send(["SCARD", `processor:active:${await nameOf(node)}`]));

    await t.step(
      "each node and worker has a row, and the status aggregates them",
      async () => {
        await configure(web, { concurrency: 2 });
        await eventually(async () => {
          const { nodes, workers: sum } = await untilAll(web, workers, true);
          assert.deepEqual(nodes.map((row) => row.workers), [2, 2]);
          assert.equal(sum, 4);
          for (const { worker_rows } of nodes) {
            assert.ok(Array.isArray(worker_rows));
            assert.equal(worker_rows.length, 2);
          }
        });
      },
    );

    await t.step(
      "under load, they publish at most 20 statuses per second, each in one script",
      async () => {
        const monitor = startMonitor(cluster.redis.port);
        await using listener = await broker.duplicate();
        const received: ProcessorStatus[] = [];
        using _ = await listener.subscribe(
          "processor:status:realtime",
          (message) => void received.push(parseProcessorStatus(message)),
        );
        while (received.length <= MOST_A_SECOND) await importSome();
        await auditAll();
        await eventually(() => assert.equal(received.at(-1)?.processed_total, imported));
        const commands = await monitor.stop();
        for (const [i, { at, seq }] of received.entries()) {
          assert.equal(seq, received[0]!.seq + i);
          const later = received[i + MOST_A_SECOND];
          assert.ok(
            !later || later.at - at >= 1_000,
            `${MOST_A_SECOND + 1} in ${later?.at! - at} ms`,
          );
        }
        const published = commands.filter((line) =>
          line.includes('"processor:status:realtime" "{')
        );
        assert.ok(published.length >= received.length);
        assert.deepEqual(published.filter((line) => !line.includes(" lua] ")), []);
      },
    );

    await t.step("a stop applies to all nodes, and to one that joins later", async () => {
      await command(web, "stop");
      await untilAll(web, workers, false);
      await importSome();
      workers.push(await cluster.startNode("worker"));
      const status = await untilAll(web, workers, false);
      assert.equal(status.queue_pending, SOME);
      assert.equal(status.in_flight, 0);
    });

    await t.step("a start by another program applies to all nodes, and is persisted", async () => {
      await cluster.redis.command("PUBLISH", "processor:commands", '{"action":"start"}');
      await untilAll(web, workers, true);
      await auditAll();
      workers.push(await cluster.startNode("worker"));
      await untilAll(web, workers, true);
    });

    await t.step("a changed setting applies to all nodes", async () => {
      await configure(web, { concurrency: 1 });
      await eventually(async () => assert.equal((await statusOf(web)).workers, workers.length));
    });

    await t.step(
      "a restarted node processes its own articles before its lease expires",
      async () => {
        // A single node may have taken all articles.
        const holder = async () => {
          for (const node of workers) if (await held(node) > 0) return node;
          return null;
        };
        const victim = await sql.begin(async (lock) => {
          // This lock blocks settling.
          await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
          await importSome();
          await eventually(async () => assert.ok(await holder(), "no node took articles"));
          const holding = await holder();
          await holding?.kill();
          return holding;
        });
        assert.ok(victim && await held(victim) > 0);
        const end = Number(await broker.send(["ZSCORE", "processor:leases", await nameOf(victim)]));
        await victim.start();
        await eventually(async () => {
          const unfinished = await sql`SELECT FROM article_states WHERE state <> 'processed'`;
          assert.equal(unfinished.length, 0);
        }, 30_000);
        assert.ok(await now(broker) < end, "it took longer than the lease");
        await auditAll();
      },
    );

    await t.step("a stopped node disappears immediately, and a killed one is lost", async () => {
      const [first, second, ...others] = workers;
      assert.ok(first && second);
      await first.kill("SIGTERM");
      const known = (await statusOf(web)).nodes.map(({ node }) => node);
      assert.deepEqual(known, await namesOf([second, ...others]));
      await second.kill();
      const { nodes, workers: sum } = await untilAll(web, others, true);
      assert.deepEqual(
        nodes.filter(({ lost }) => lost).map(({ node }) => node),
        await namesOf([second]),
      );
      assert.equal(sum, others.length);
    });

    await t.step("within 5 s of the last node's death, live pages show it", async () => {
      const others = workers.slice(2);
      const last = others.pop();
      assert.ok(last);
      await Promise.all(others.map((node) => node.kill("SIGTERM")));
      await using socket = await openSocketClient(`${web.url}/ws/processor-status`);
      const next = async () => parseProcessorStatus(await socket.next());
      for (let status = await next(); !status.running;) status = await next();
      await last.kill();
      const died = await now(broker);
      let status = await next();
      while (status.running) status = await next();
      assert.ok(status.at - died < 5_000, `after ${status.at - died} ms`);
      assert.deepEqual([status.workers, status.in_flight, status.speed], [0, 0, 0]);
    });
  },
});

/** Records every command of a Redis server (MONITOR). */
function startMonitor(port: number) {
  const monitor = new Deno.Command("redis-cli", {
    args: ["-p", String(port), "MONITOR"],
    stdout: "piped",
  }).spawn();
  const text = new Response(monitor.stdout).text();
  return {
    async stop(): Promise<string[]> {
      monitor.kill();
      await monitor.status;
      return (await text).split("\n");
    },
  };
}
