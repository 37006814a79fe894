import assert from "node:assert/strict";
import { createDocumentRunner } from "../support/document_process.ts";
import { documentCommands } from "../support/document_commands.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

const LONG = "一个足够长的段落，用来看看整条流水线是否真的把它处理完了。";
const ARTICLES = [
  { title: "一", content: `<p>${LONG}</p>\n<p>"a\\b"\t</p>`, group: "rivers", tags: ["x", "y"] },
  { content: `${LONG}<b>`, content_kind: "text", source: "s/2", more: { deep: [null, 1] } },
  { title: "三", content: LONG, url: "https://a.example/3", author: "甲", published: "2026-01-02" },
];

Deno.test({
  ...withPostgres("the documented export has every article as it is stored, and every paragraph"),
  async fn() {
    await using postgres = await startPostgres();
    const folder = await Deno.makeTempDir({ prefix: "millrace-export-" });
    try {
      const env = { DATABASE_URL: postgres.url, SAMPLE: "off" };
      await using node = await startMillrace({ env });
      const store = async (body: string) => {
        const headers = { "content-type": "application/x-ndjson" };
        const init = { method: "POST", headers, body };
        const response = await node.fetch("/api/articles/import", init);
        return (await response.json()).data;
      };
      const first = await store(ARTICLES.map((article) => JSON.stringify(article)).join("\n"));
      assert.equal(first.accepted, ARTICLES.length);
      await eventually(async () => {
        const { data } = await (await node.fetch("/api/processor/status")).json();
        assert.equal(data.processed_total, ARTICLES.length);
      }, 60_000);

      await using runner = createDocumentRunner(env, [
        ["articles.jsonl", `${folder}/articles.jsonl`],
        ["paragraphs.csv", `${folder}/paragraphs.csv`],
      ]);
      const commands = (await documentCommands("docs/operations.md"))
        .filter(({ section }) => section === "Exporting");
      assert.equal(commands.length, 2);
      for (const { text } of commands) await runner.run(text);

      const exported = await Deno.readTextFile(`${folder}/articles.jsonl`);
      const again = await store(exported);
      assert.deepEqual([again.records, again.duplicates], [ARTICLES.length, ARTICLES.length]);
      const [one, two, three] = exported.trim().split("\n").map((line) => JSON.parse(line));
      assert.equal(one.group, "rivers");
      assert.deepEqual(one.tags, ["x", "y"]);
      assert.equal(two.content_kind, "text");
      assert.deepEqual(two.extra, { more: { deep: [null, 1] } });
      assert.equal(three.published, "2026-01-02");
      const paragraphs = await Deno.readTextFile(`${folder}/paragraphs.csv`);
      assert.match(paragraphs, /^article_id,position,content\n1,/);
      assert.equal(paragraphs.trim().split("\n").length, 1 + ARTICLES.length);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
