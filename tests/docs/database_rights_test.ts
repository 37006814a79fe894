import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";
import { createDocumentRunner } from "../support/document_process.ts";
import { documentCommands } from "../support/document_commands.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

Deno.test({
  ...withPostgres(
    "the documented privileges suffice, and a dump restores the database, also on another server",
  ),
  async fn() {
    await using postgres = await startPostgres();
    const own = postgres.url.replace("postgres@localhost/postgres", "millrace@localhost/millrace");
    const folder = await Deno.makeTempDir({ prefix: "millrace-dump-" });
    const commands = (await documentCommands("docs/operations.md")).map(({ text }) => text);
    const find = (pattern: RegExp) => {
      const found = commands.find((text) => pattern.test(text));
      assert.ok(found !== undefined, `docs/operations.md has no command like ${pattern}`);
      return found;
    };
    try {
      await using runner = createDocumentRunner(
        { SUPERUSER_URL: postgres.url, DATABASE_URL: own },
        [["millrace.dump", `${folder}/millrace.dump`]],
      );
      await runner.run(find(/CREATE ROLE/));
      await using node = await startMillrace({ env: { DATABASE_URL: own, SAMPLE: "off" } });
      await importOne(node.url);
      await runner.run(find(/pg_dump/));
      await node.kill("SIGTERM");

      await forget(own);
      await runner.run(find(/pg_restore/));
      await node.start();
      assert.equal(await countProcessed(node), 1);
      await node.kill("SIGTERM");

      await using other = await startPostgres();
      const moved = other.url.replace("postgres@localhost/postgres", "millrace@localhost/millrace");
      await using there = createDocumentRunner(
        { SUPERUSER_URL: other.url, DATABASE_URL: moved },
        [["millrace.dump", `${folder}/millrace.dump`]],
      );
      await there.run(find(/CREATE ROLE/));
      await there.run(find(/pg_restore/));
      await using heir = await startMillrace({ env: { DATABASE_URL: moved, SAMPLE: "off" } });
      assert.equal(await countProcessed(heir), 1);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function countProcessed(node: { fetch(path: string): Promise<Response> }) {
  const { data } = await (await node.fetch("/api/articles?state=processed")).json();
  return data.articles.length;
}

async function importOne(url: string) {
  const content = "一个足够长的段落，用来看看整条流水线是否真的把它处理完了。";
  const response = await fetch(`${url}/api/articles`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "一", content }),
  });
  assert.equal(response.status, 201, await response.text());
  await eventually(async () => {
    const { data } = await (await fetch(`${url}/api/processor/status`)).json();
    assert.equal(data.processed_total, 1);
  }, 60_000);
}

/** Deletes the data that the dump contains. */
async function forget(url: string) {
  await using database = await connectDatabase({ url, dataDir: "" });
  await database.sql`DELETE FROM original_articles`;
  await database.sql`DELETE FROM contents`;
}
