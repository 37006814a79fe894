import assert from "node:assert/strict";
import { join } from "node:path";
import { nameOf, startTestCluster, withServers } from "../support/test_cluster.ts";

Deno.test({
  ...withServers(
    "a node on a copied DATA_DIR fails to start with the reason; on the same folder it restarts immediately",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    const name = await nameOf(node);
    const copy = await Deno.makeTempDir({ prefix: "millrace-copy-" });
    await Deno.mkdir(join(copy, "nodes"));
    await Deno.copyFile(join(node.dataDir, "nodes", "1"), join(copy, "nodes", "1"));
    await assert.rejects(
      cluster.startNode("all", { DATA_DIR: copy }),
      (error: Error) => error.message.includes(`Cannot start: a node named ${name} runs elsewhere`),
    );
    await node.kill();
    await node.start();
    assert.equal(await nameOf(node), name);
    await node.kill();
    // The node that had the name has stopped, so the copy can use it.
    await cluster.startNode("all", { DATA_DIR: copy });
    await Deno.remove(copy, { recursive: true }).catch(() => {});
  },
});
