import assert from "node:assert/strict";
import { strToU8, zipSync } from "fflate";
import { rejectionsText } from "../../lib/dashboard/import/import_state.ts";
import type { AcceptedArticle } from "../../lib/intake/accept.ts";
import { expected } from "../../lib/intake/format_name.ts";
import { importArticles } from "../../lib/intake/import_articles.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { reportLines } from "../../tasks/import/import_report.ts";
import { bodyOf } from "../support/byte_stream.ts";

/** Imports an input; each article with the title `refused` is rejected when it is stored. */
async function figuresOf(input: string | Uint8Array) {
  const parsed = readInput(bodyOf(input), expected({}));
  return await importArticles(parsed, (chunk) => {
    const articles = chunk.map(({ title }, id): AcceptedArticle =>
      title === "refused"
        ? { outcome: "rejected", error: "Postgres rejects it" }
        : { outcome: "accepted", id }
    );
    return Promise.resolve({ articles, shared: [], revised: [] });
  }, { results: true });
}

const ARRAY = '[{"content":"c"},{"title":"no content"},{"title":"refused","content":"c"},7]';
const MISSING = "content is missing";
const REFUSED = "Postgres rejects it";
const NO_OBJECT = "the article is not a JSON object";

Deno.test("rejections in JSON have the number of the record, since a line may have many", async () => {
  const figures = await figuresOf(ARRAY);
  assert.deepEqual(figures.rejected, [
    { line: 1, record: 2, error: MISSING },
    { line: 1, record: 3, error: REFUSED },
    { line: 1, record: 4, error: NO_OBJECT },
  ]);
  assert.deepEqual(figures.results?.map(({ record, outcome }) => [record, outcome]), [
    [1, "accepted"],
    [2, "rejected"],
    [3, "rejected"],
    [4, "rejected"],
  ]);
  assert.deepEqual(reportLines("a.json", figures).slice(1, 3), [
    `  line 1, record 2: ${MISSING}`,
    `  line 1, record 3: ${REFUSED}`,
  ]);
  assert.equal(
    rejectionsText(figures),
    `1\trecord 2: ${MISSING}\n1\trecord 3: ${REFUSED}\n1\trecord 4: ${NO_OBJECT}\n`,
  );
  const { rejected } = await figuresOf("title,content\na,b\nc\n");
  assert.deepEqual(rejected, [
    { line: 3, error: "the row has 1 field where the header has 2" },
  ]);
});

Deno.test("results in an archive have the name of their file, also those of storing and of empty files", async () => {
  const inner = zipSync({ "d/b.json": strToU8(ARRAY) });
  const zip = zipSync({
    "a.csv": strToU8("title,content\nrefused,b\nc\n"),
    "empty.csv": strToU8(""),
    "in.zip": inner,
    "z.csv": strToU8(`title,content,author\nRain, again,c,d\n`),
  });
  const { rejected, warnings, results } = await figuresOf(zip);
  assert.deepEqual(
    rejected.map(({ file, line, record, error }) => [file, line, record, error]).toSorted(),
    [
      ["a.csv", 2, undefined, `a.csv: ${REFUSED}`],
      ["a.csv", 3, undefined, "a.csv: the row has 1 field where the header has 2"],
      ["in.zip/d/b.json", 1, 2, `in.zip: d/b.json: ${MISSING}`],
      ["in.zip/d/b.json", 1, 3, `in.zip/d/b.json: ${REFUSED}`],
      ["in.zip/d/b.json", 1, 4, `in.zip: d/b.json: ${NO_OBJECT}`],
    ],
  );
  const skipped = results?.filter(({ outcome }) => outcome === "skipped");
  assert.deepEqual(skipped, [{
    line: 1,
    file: "empty.csv",
    outcome: "skipped",
    error: "empty.csv: there is no article in it",
  }]);
  assert.deepEqual(warnings, [{
    line: 2,
    file: "z.csv",
    error:
      "z.csv: the row has 4 fields where the header has 3; delimiters before a space were read as text",
  }]);
});
