import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";
import { audit } from "../support/audit.ts";
import { createEmbeddedFolder } from "../support/embedded_folder.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { byForm, pause } from "../support/fault_form.ts";
import { startMillrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { mountSmallDisk, onSmallDisk } from "../support/small_disk.ts";
import { statusOf } from "../support/test_cluster.ts";

/** Their write-ahead log needs more than the segment that there is. */
const ARTICLES = 4_000;
const FULL_MS = byForm({ short: 3_000, long: 20_000 });
const DISK_KIB = 64 * 1_024;
const LARGE_KIB = 512 * 1_024;

Deno.test({
  ...onSmallDisk(
    "an embedded node whose disk was full continues when there is room, and no article fails or is lost",
  ),
  async fn() {
    await using disk = await mountSmallDisk(DISK_KIB);
    const template = await createEmbeddedFolder();
    const { success } = await new Deno.Command("cp", {
      args: ["-a", `${template}/embedded`, disk.folder],
    }).output();
    assert.ok(success);
    await Deno.remove(template, { recursive: true });
    {
      await using node = await startMillrace({ env: { DATA_DIR: disk.folder } });
      const importing = importAll(node, await faultArticles(ARTICLES));
      await eventually(async () => {
        const response = await node.fetch("/readyz");
        await response.body?.cancel();
        assert.equal(response.status, 503);
      }, 60_000);
      await pause(FULL_MS);
      assert.match(node.log(), /The database is unreachable.*No space left on device/);
      await disk.resize(LARGE_KIB);
      await importing;
      await eventually(async () => {
        const { processed_total, in_flight } = await statusOf(node);
        assert.deepEqual([processed_total, in_flight], [ARTICLES, 0]);
      }, 60_000);
      const { code } = await node.kill("SIGTERM");
      assert.equal(code, 0);
    }
    await using database = await connectDatabase({ url: null, dataDir: disk.folder });
    const { attempts } = await audit({ sql: database.sql, articles: ARTICLES });
    assert.equal(attempts, 0, "a full disk does not count as a failed attempt");
  },
});
