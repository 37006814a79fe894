import assert from "node:assert/strict";
import { fingerprint } from "../../lib/article/fingerprint.ts";
import { facetLabel } from "../../lib/dashboard/failures/facet_label.ts";
import { failuresWords } from "../../lib/i18n/failures_words.ts";
import { outcomeMeaning, wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

const SLOW = "Cannot process the article: it takes longer than 30 s";
const MEMORY = "Cannot process the article: it ended its worker: " +
  "Worker terminated due to reaching memory limit: JS heap out of memory";

Deno.test("an error that Millrace words is in the reader's language, with a code for programs", () => {
  assert.equal(wordOutcome("zh", SLOW), "处理超过 30 秒");
  assert.equal(wordOutcome("en", SLOW), SLOW);
  assert.equal(wordOutcome("zh", MEMORY), "弄垮了处理它的线程：内存用尽");
  assert.deepEqual(outcomeMeaning(SLOW), {
    code: "article_timed_out",
    parameters: { limit: "30" },
  });
});

Deno.test("the author of a change is in the reader's language", () => {
  const author = "Anna Lee (operator) at 192.0.2.7";
  assert.equal(wordAuthor("zh", author), "Anna Lee（操作员，192.0.2.7）");
  assert.equal(wordAuthor("en", author), author);
  assert.equal(wordAuthor("zh", "admin at ::1"), "admin（::1）");
  assert.equal(wordAuthor("zh", "command"), "其他程序");
  assert.equal(wordAuthor("zh", "unknown at ::1"), "未登录者（::1）");
  assert.equal(wordAuthor("zh", "Sales at Acme"), "Sales at Acme", "a name");
});

Deno.test("an error from elsewhere is unchanged, even if it resembles a refusal", () => {
  for (const error of ["", "oops: it does", "content is missing", "body: must be text", "a; b"]) {
    assert.equal(wordOutcome("zh", error), error);
    assert.deepEqual(outcomeMeaning(error), { code: null, parameters: null });
  }
  const refused = "Postgres refuses the result: value too long";
  assert.equal(wordOutcome("zh", refused), "Postgres 拒绝保存结果：value too long");
});

Deno.test("a cause is worded as its errors are, though its values are folded", () => {
  const voice = createVoice("zh", failuresWords.zh);
  const cause = fingerprint({ reason: "timed_out", message: SLOW });
  assert.equal(cause, "timed_out: Cannot process the article: it takes longer than # s");
  assert.equal(facetLabel(voice, "cause", cause), "处理超过 … 秒");
  const crashed = fingerprint({ reason: "crashed", message: MEMORY });
  assert.equal(facetLabel(voice, "cause", crashed), "弄垮了处理它的线程：内存用尽");
  assert.equal(facetLabel(voice, "cause", "threw: Cannot read # of #"), "Cannot read … of …");
});
