import assert from "node:assert/strict";
import { createRedisQueue } from "../../lib/queue/redis_queue.ts";
import { clusterOf } from "../../lib/wire/cluster_sums.ts";
import { type NodePage, nodePage } from "../../lib/wire/node_page.ts";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import type { Millrace } from "../support/millrace.ts";
import { openSocketClient } from "../support/socket_client.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const NODES = 1_000;
const TODAY = { day: "20260713", zone: "UTC" };
const nameOf = (i: number) => `node-${String(i).padStart(4, "0")}`;

async function pageAfter(web: Millrace, after: string): Promise<NodePage> {
  const response = await web.fetch(`/api/processor/nodes?after=${after}&limit=200`);
  const { data } = await response.json();
  return nodePage.parse(data);
}

Deno.test({
  ...withServers("a thousand nodes are aggregated in a bounded status, and paginated"),
  async fn(t) {
    await using cluster = await startTestCluster();
    await using queue = createRedisQueue(cluster.broker);
    const web = await cluster.startNode("web");
    const worker = { state: "idle", articles: 0, since: 1, processed: 9, failed: 0, average_ms: 2 };
    const reportAll = () =>
      Promise.all(Array.from({ length: NODES }, (_, i) =>
        queue.report(
          {
            node: nameOf(i),
            role: "worker",
            running: true,
            workers: 3,
            in_flight: 0,
            speed: 0,
            last_error: null,
            detail: { worker_rows: [1, 2, 3].map((id) => ({ id, ...worker })) },
          },
          TODAY,
          53,
          false,
        )));
    await reportAll();

    await t.step("a socket gets aggregates in less than 100 KB", async () => {
      await using socket = await openSocketClient(`${web.url}/ws/processor-status`);
      for (;;) {
        const text = await socket.next();
        assert.ok(new TextEncoder().encode(text).length < 100_000);
        const status = parseProcessorStatus(text);
        if (clusterOf(status).live + clusterOf(status).lost < NODES) continue;
        assert.ok(status.nodes.length <= 50);
        break;
      }
    });

    await t.step("the pages contain each node once, sorted by name", async () => {
      await reportAll();
      const names: string[] = [];
      for (let after: string | null = ""; after !== null;) {
        const page: NodePage = await pageAfter(web, after);
        assert.equal(page.total, NODES);
        names.push(
          ...page.nodes.map(({ node }) => node),
        );
        after = page.next;
      }
      assert.deepEqual(names, Array.from({ length: NODES }, (_, i) => nameOf(i)));
    });

    await t.step("the metrics have a series per node", async () => {
      const text = await (await web.fetch("/metrics")).text();
      assert.equal(text.match(/^millrace_node_up\{/gm)?.length, NODES);
    });

    await t.step(
      "the workers page shows how many nodes it omits, and can show any page",
      async () => {
        const first = await (await web.fetch("/workers")).text();
        assert.match(first, /\d+ more nodes are not listed/);
        const later = await (await web.fetch(`/workers?after=${nameOf(949)}`)).text();
        const shown = [...later.matchAll(/data-node="([^"]*)"/g)].map(([, name]) => name);
        assert.deepEqual(shown, Array.from({ length: 50 }, (_, i) => nameOf(950 + i)));
      },
    );
  },
});
