import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("the recipes in CONTRIBUTING.md name files that exist", async () => {
  const page = await Deno.readTextFile(`${ROOT}CONTRIBUTING.md`);
  const paths = [...page.matchAll(/`((?:lib|components|tests|migrations)\/[\w./]*)`/g)]
    .map(([, path = ""]) => path);
  assert.ok(paths.length > 15);
  assert.deepEqual(paths.filter((path) => !existsSync(ROOT + path)), []);
});

/** Imports, stores, describes and shows the field of the recipe, in the copy. */
const FOLLOWED = `
import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { h } from "preact";
import { ArticleFieldList } from "./components/articles/ArticleFieldList.tsx";
import { NO_FIELDS } from "./lib/article/article_fields.ts";
import { insertArticles } from "./lib/database/insert_articles.ts";
import { readArticle } from "./lib/database/article_detail.ts";
import { createOpenApi } from "./lib/http/api/openapi.ts";
import { OPERATIONS } from "./lib/http/api/openapi_operations.ts";
import { articleWords } from "./lib/i18n/article_words.ts";
import { createVoice } from "./lib/i18n/voice.ts";
import { parseFeed } from "./lib/intake/feed/feed.ts";
import { readRecord } from "./lib/intake/read_record.ts";
import { DATABASES } from "./tests/support/database.ts";
import { parse } from "./tests/support/byte_stream.ts";

const record = readRecord({ content: "c", 栏目: "Rivers" });
const [item] = await parse(
  parseFeed,
  "<rss><item><title>t</title><section>Rivers</section></item></rss>",
);
assert.equal(record.article.section, "Rivers");
assert.equal(item.article.section, "Rivers");
await using database = await DATABASES.find(({ kind }) => kind === "embedded").open();
const { inserted } = await insertArticles(database.sql, [
  { ...record.article, source: "1" },
]);
const stored = await readArticle(database.sql, inserted[0].id);
assert.equal(stored.section, "Rivers");
const options = { version: "1.0.0", server: "http://localhost", operations: OPERATIONS };
assert.match(JSON.stringify(createOpenApi(options)), /"section":/);
for (const language of ["en", "zh"]) {
  const voice = createVoice(language, articleWords[language]);
  const html = render(h(ArticleFieldList, { voice, fields: { ...NO_FIELDS, section: "Rivers" } }));
  assert.match(html, language === "en" ? /Section.*Rivers/ : /栏目.*Rivers/);
}
`;

Deno.test("the recipe for a field of an article makes the field effective everywhere", async () => {
  const copy = await Deno.makeTempDir({ prefix: "millrace-recipe-" });
  try {
    for (
      const name of ["components", "lib", "migrations", "packages", "tests/support", "workers"]
    ) {
      if (existsSync(ROOT + name)) await run("cp", "-r", "--parents", name, copy);
    }
    for (const name of ["deno.json", "deno.lock", "define.ts"]) {
      await Deno.copyFile(ROOT + name, `${copy}/${name}`);
    }
    await edit(`${copy}/lib/article/article_fields.ts`, [[
      "export const ARTICLE_FIELDS = {",
      `section: { type: "text", column: "section", aliases: ["栏目"], elements: ["section"] },`,
    ]]);
    await edit(`${copy}/lib/i18n/article_words.ts`, [
      ["zh: {", `field_section: "栏目",`],
      ["en: {", `field_section: "Section",`],
    ]);
    await Deno.writeTextFile(
      `${copy}/migrations/9999_section.sql`,
      "ALTER TABLE original_articles ADD COLUMN section text;",
    );
    await Deno.writeTextFile(`${copy}/followed.ts`, FOLLOWED);
    await run(Deno.execPath(), "run", "-A", "--no-check", "--quiet", `${copy}/followed.ts`);
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
});

/** Inserts a line after each first occurrence. */
async function edit(file: string, lines: [after: string, line: string][]) {
  let text = await Deno.readTextFile(file);
  for (const [after, line] of lines) {
    assert.ok(text.includes(after), `${file} has no ${after}`);
    text = text.replace(after, `${after}\n${line}`);
  }
  await Deno.writeTextFile(file, text);
}

async function run(command: string, ...args: string[]) {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    cwd: ROOT,
    stdout: "null",
    stderr: "piped",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}
