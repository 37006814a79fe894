import assert from "node:assert/strict";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { Words } from "../../lib/i18n/words.ts";
import { LOG_SENTENCES } from "../../lib/i18n/logs/log_sentences.ts";
import { IMPORT_SENTENCES } from "../../lib/i18n/refusals/import_sentences.ts";
import { FIELD_SENTENCES } from "../../lib/i18n/refusals/field_sentences.ts";
import { OUTCOME_SENTENCES } from "../../lib/i18n/refusals/outcome_sentences.ts";
import { REQUEST_SENTENCES } from "../../lib/i18n/refusals/request_sentences.ts";
import type { SentenceTable } from "../../lib/i18n/refusals/sentence.ts";
import { filesBelow } from "../support/files_below.ts";

/** Nouns that messages count, in the singular. */
const NOUNS = [
  ...["address", "article", "attempt", "byte", "cause", "character", "column", "condition", "core"],
  ...["day", "dead letter", "duplicate", "entry", "error", "event", "failure", "field", "file"],
  ...["group", "hour", "id", "import", "item", "letter", "line", "message", "minute", "name"],
  ...["node", "note", "paragraph", "person", "phrase", "record", "request", "restart", "result"],
  ...["row", "rule", "second", "server", "session", "setting", "socket", "target", "text", "time"],
  ...["token", "try", "value", "version", "worker", "word"],
];
const pluralOf = (noun: string) =>
  noun === "person"
    ? "people"
    : /[^aeo]y$/.test(noun)
    ? noun.replace(/y$/, "ies")
    : noun.endsWith("s")
    ? `${noun}es`
    : `${noun}s`;
const BETWEEN = "(?:(?!(?:a|the|of|must|node)\\b)[a-z-]+ )?";
const ONE_OF_MANY = new RegExp(`\\b1 ${BETWEEN}(?:${NOUNS.map(pluralOf).join("|")})\\b`);
const MANY_OF_ONE = new RegExp(`\\b2 ${BETWEEN}(?:${NOUNS.join("|")})\\b(?! s\\b)`);

/** Parameters that are texts, limits, sizes or rates, which no noun has to agree with. */
const NOT_COUNTED = new Set([
  ...["most", "longest", "ratio", "bytes", "depth", "minutes", "rate"],
  ...["who", "what", "address", "field", "action", "id", "setting", "status", "when", "node"],
]);
/** Messages whose count is constant or at least two, and those whose number is no count of the noun. */
const EXEMPT: Readonly<Record<string, string>> = {
  keys_moved: "they are kept for seven days",
  too_many_sockets: "the limit is a hundred",
  sinceLosses: "its plural is of times",
  downloadFirst: "the first thousand",
};

/** A template whose counts are all `value`. */
function rendered(template: string, value: number): string {
  return template.replace(
    /\{(\w+)\}/g,
    (_, name: string) => NOT_COUNTED.has(name) ? "x" : String(value),
  );
}

async function wordFaults(): Promise<string[]> {
  const faults: string[] = [];
  let counts = 0;
  for (const file of await filesBelow(["lib/i18n"], /_words\.ts$/)) {
    const parts: Record<string, { en: Words }> = await import(`../../${file}`);
    for (const [part, { en }] of Object.entries(parts)) {
      const voice = createVoice("en", en);
      for (const [key, message] of Object.entries(en)) {
        if (key in EXEMPT) continue;
        const texts = typeof message === "string" ? [message] : Object.values(message);
        const names = texts.join(" ").match(/(?<=\{)\w+/g) ?? [];
        if (names.length > 0) counts++;
        for (const value of [1, 2]) {
          const values = Object.fromEntries(
            [...names, "count"].map((name) => [name, NOT_COUNTED.has(name) ? "x" : value]),
          );
          const text = voice.say(key, values);
          if ((value === 1 ? ONE_OF_MANY : MANY_OF_ONE).test(text)) {
            faults.push(`${part}.${key}: ${text}`);
          }
        }
      }
    }
  }
  assert.ok(counts > 100, `only ${counts} messages have parameters`);
  return faults;
}

Deno.test("each English message of a page agrees with its numbers", async () => {
  assert.deepEqual(await wordFaults(), []);
});

Deno.test("each English sentence of the log and of refusals agrees with its number", () => {
  const tables: SentenceTable[] = [
    LOG_SENTENCES,
    IMPORT_SENTENCES,
    FIELD_SENTENCES,
    OUTCOME_SENTENCES,
    REQUEST_SENTENCES,
  ];
  const faults: string[] = [];
  for (const [code, [other, , one = other]] of tables.flatMap((table) => Object.entries(table))) {
    if (code in EXEMPT) continue;
    const [single, several] = [rendered(one, 1), rendered(other, 2)];
    if (ONE_OF_MANY.test(single)) faults.push(`${code}: ${single}`);
    if (MANY_OF_ONE.test(several)) faults.push(`${code}: ${several}`);
    const places = (text: string) => text.match(/\{\w+\}/g);
    assert.deepEqual(places(one), places(other), code);
  }
  assert.deepEqual(faults, []);
});

Deno.test("the check finds a noun that does not agree", () => {
  for (const text of ["1 rules", "has 1 unfinished articles", "1 tries", "1 other bytes"]) {
    assert.match(text, ONE_OF_MANY);
    assert.doesNotMatch(text.replace("1", "2"), ONE_OF_MANY);
  }
  for (const text of ["2 rule", "2 duplicate,", "2 unfinished article"]) {
    assert.match(text, MANY_OF_ONE);
    assert.doesNotMatch(text.replace("2", "1"), MANY_OF_ONE);
  }
  assert.doesNotMatch("21 rules", ONE_OF_MANY);
  assert.doesNotMatch("2 articles a second", MANY_OF_ONE);
});
