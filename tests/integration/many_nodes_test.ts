import assert from "node:assert/strict";
import { z } from "zod";
import { generateArticle } from "../../bench/articles.ts";
import type { RedisConnection } from "../../lib/runtime/redis_connection.ts";
import { parseProcessorStatus, type ProcessorStatus } from "../../lib/status/processor_status.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { command, configure, nameOf, onStage, setStage, statusOf } from "../support/stage.ts";

const SOME = 400;
/** How many statuses the whole cluster may publish in a second. */
const MOST_A_SECOND = 20;

/** Redis's own clock, in ms. */
async function now(broker: RedisConnection): Promise<number> {
  const [seconds, micros] = z.tuple([z.coerce.number(), z.coerce.number()])
    .parse(await broker.send(["TIME"]));
  return seconds * 1_000 + micros / 1_000;
}

const namesOf = async (nodes: Millrace[]) => (await Promise.all(nodes.map(nameOf))).sort();

/** Waits until the nodes that are not lost are these, all running or all not, and answers the status. */
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
  ...onStage("any number of nodes on one Redis and one Postgres are one system"),
  async fn(t) {
    await using stage = await setStage();
    const { broker, database: { sql } } = stage;
    const web = await stage.node("web");
    const workers = await Promise.all([stage.node("worker"), stage.node("worker")]);
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
      "each node and each of its workers has a row, and the status sums them",
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
      "under load they publish at most 20 times a second, each in one script",
      async () => {
        const monitor = startMonitor(stage.redis.port);
        await using listener = await broker.duplicate();
        const heard: ProcessorStatus[] = [];
        using _ = await listener.subscribe(
          "processor:status:realtime",
          (message) => void heard.push(parseProcessorStatus(message)),
        );
        while (heard.length <= MOST_A_SECOND) await importSome();
        await auditAll();
        await eventually(() => assert.equal(heard.at(-1)?.processed_total, imported));
        const commands = await monitor.stop();
        for (const [i, { at, seq }] of heard.entries()) {
          assert.equal(seq, heard[0]!.seq + i);
          const later = heard[i + MOST_A_SECOND];
          assert.ok(
            !later || later.at - at >= 1_000,
            `${MOST_A_SECOND + 1} in ${later?.at! - at} ms`,
          );
        }
        const published = commands.filter((line) =>
          line.includes('"processor:status:realtime" "{')
        );
        assert.ok(published.length >= heard.length);
        assert.deepEqual(published.filter((line) => !line.includes(" lua] ")), []);
      },
    );

    await t.step("a stop is obeyed by all, and by one that joins later", async () => {
      await command(web, "stop");
      await untilAll(web, workers, false);
      await importSome();
      workers.push(await stage.node("worker"));
      const status = await untilAll(web, workers, false);
      assert.equal(status.queue_pending, SOME);
      assert.equal(status.in_flight, 0);
    });

    await t.step("the start of another program is obeyed by all, and remembered", async () => {
      await stage.redis.command("PUBLISH", "processor:commands", '{"action":"start"}');
      await untilAll(web, workers, true);
      await auditAll();
      workers.push(await stage.node("worker"));
      await untilAll(web, workers, true);
    });

    await t.step("a changed setting is known to all", async () => {
      await configure(web, { concurrency: 1 });
      await eventually(async () => assert.equal((await statusOf(web)).workers, workers.length));
    });

    await t.step(
      "what a node held it does itself when it is back, before its lease ends",
      async () => {
        // One of them may have taken all there was.
        const holder = async () => {
          for (const node of workers) if (await held(node) > 0) return node;
          return null;
        };
        const victim = await sql.begin(async (lock) => {
          // Nothing can be settled as long as this is held.
          await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
          await importSome();
          await eventually(async () => assert.ok(await holder(), "nobody took anything"));
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
        assert.ok(await now(broker) < end, "it took until the lease had ended");
        await auditAll();
      },
    );

    await t.step("a node that is stopped is gone at once, one that is killed is lost", async () => {
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

    await t.step("within 5 s of the last one's death those who watch see it", async () => {
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

/** Listens to every command that a Redis is given. */
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
