import assert from "node:assert/strict";
import { createDocumentShell } from "../support/document_shell.ts";
import { documentCommands } from "../support/document_commands.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const ADMIN_TOKEN = "an-admin-token-of-the-tests";
/** The next id is that of the examples' first article. */
const ARTICLES_BEFORE = 42;

Deno.test({
  name: "every example in docs/api.md has the documented result",
  ignore: !hasPostgres || !hasRedis,
  async fn(t) {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, ADMIN_TOKEN };
    await using node = await startMillrace({ env });
    await using shell = await createDocumentShell({
      url: node.url,
      redisPort: redis.port,
      env: { DATABASE_URL: postgres.url, ADMIN_TOKEN, TOKEN: "a-token" },
    });
    await importArticles(node.url);

    const commands = await documentCommands("docs/api.md");
    assert.ok(commands.length > 12);
    for (const { text, prints } of commands) {
      await t.step(text.split("\n")[0]!, async () => {
        const bears = text.includes("authorization:") || !text.includes("curl");
        const { success, output } = await shell.run(text, bears ? null : ADMIN_TOKEN);
        assert.ok(success, output);
        if (prints !== "") assert.deepEqual(JSON.parse(output), JSON.parse(prints));
      });
    }
  },
});

async function importArticles(url: string) {
  const headers = {
    "content-type": "application/x-ndjson",
    authorization: `Bearer ${ADMIN_TOKEN}`,
  };
  const content = "一个足够长的段落，用来看看整条流水线是否处理完了。";
  const articles = Array.from(
    { length: ARTICLES_BEFORE },
    (_, i) => ({ title: `第${i}篇`, content }),
  );
  const body = articles.map((article) => JSON.stringify(article)).join("\n");
  const response = await fetch(`${url}/api/articles/import`, { method: "POST", headers, body });
  assert.equal((await response.json()).data.accepted, ARTICLES_BEFORE);
  await eventually(async () => {
    const { data } = await (await fetch(`${url}/api/processor/status`, { headers })).json();
    assert.equal(data.processed_total, ARTICLES_BEFORE);
  }, 60_000);
}
