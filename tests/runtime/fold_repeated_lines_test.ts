import assert from "node:assert/strict";
import { createLineBuffer } from "../../lib/runtime/fold_repeated_lines.ts";
import type { LoggedLine } from "../../lib/wire/log_line.ts";

function line(template: string, value: string | number = "", rest: Partial<LoggedLine> = {}) {
  const parts = [template, String(value), ""];
  return {
    type: "log" as const,
    level: "info" as const,
    message: parts.join(""),
    timestamp: "2026-03-01T00:00:00.000Z",
    node: "",
    template,
    parts,
    ...rest,
  };
}

const SECOND = 1_000;

Deno.test("lines of different templates are separate rows with unique times", () => {
  const buffer = createLineBuffer({ most: 100 });
  for (const template of ["a", "b", "c"]) buffer.add(line(template), 5);
  const rows = buffer.take(10);
  assert.deepEqual(rows.map(({ message, lines }) => [message, lines]), [["a", 1], ["b", 1], [
    "c",
    1,
  ]]);
  assert.deepEqual(rows.map(({ at }) => at), [5_000, 5_001, 5_002]);
  assert.equal(buffer.size(), 0);
});

Deno.test("a repeated template is stored as twenty single rows, then as one row with a count", () => {
  const buffer = createLineBuffer({ most: 100 });
  for (let n = 0; n < 5_000; n++) {
    buffer.add(line("Article ", n, { article: n, request: "one" }), n / 5);
  }
  const rows = buffer.take(100);
  assert.equal(rows.length, 21);
  assert.equal(rows[0]?.message, "Article 0");
  const { message, lines, article, request, at, lastAt } = rows.at(-1)!;
  assert.deepEqual({ message, lines, article, request }, {
    message: "Article …",
    lines: 4_980,
    article: null,
    request: "one",
  });
  assert.equal(at, 4_000);
  assert.equal(lastAt, 4_999 / 5);
});

Deno.test("values common to all lines of a row stay in its message", () => {
  const buffer = createLineBuffer({ most: 100 });
  for (let n = 0; n < 50; n++) buffer.add(line("Refused ", "all", { article: 7 }), n);
  const { message, lines, article } = buffer.take(100).at(-1)!;
  assert.deepEqual({ message, lines, article }, { message: "Refused all", lines: 30, article: 7 });
});

Deno.test("parameters that differ among the lines of a row are replaced, like values in its message", () => {
  const buffer = createLineBuffer({ most: 100 });
  for (let n = 0; n < 50; n++) {
    const parameters = { article: String(n), cause: "the same" };
    buffer.add(line("Article ", n, { code: "article_failed", parameters }), n);
  }
  const rows = buffer.take(100);
  const coded = (n: number) => [rows.at(n)?.code, rows.at(n)?.parameters];
  assert.deepEqual(coded(0), ["article_failed", { article: "0", cause: "the same" }]);
  assert.deepEqual(coded(-1), ["article_failed", { article: "…", cause: "the same" }]);
});

Deno.test("a written row that grows is written again, with the same time", () => {
  const buffer = createLineBuffer({ most: 100 });
  for (let n = 0; n < 30; n++) buffer.add(line("x"), n);
  const [first] = buffer.take(100).slice(-1);
  const at = first?.at;
  assert.equal(buffer.size(), 0);
  buffer.add(line("x"), 40);
  const [again, ...others] = buffer.take(100);
  assert.deepEqual([again?.at, again?.lines, others], [at, 11, []]);
  buffer.add(line("x"), 10 * SECOND + 1);
  assert.equal(buffer.take(100)[0]?.lines, 1, "the count restarts after ten seconds");
});

Deno.test("levels and templates are counted separately", () => {
  const buffer = createLineBuffer({ most: 1_000 });
  for (let n = 0; n < 25; n++) {
    buffer.add(line("x"), n);
    buffer.add(line("x", "", { level: "error" }), n);
    buffer.add(line("y"), n);
  }
  assert.equal(buffer.take(1_000).length, 3 * 21);
});

Deno.test("lines that do not fit are counted, and unwritten rows come first", () => {
  const buffer = createLineBuffer({ most: 3 });
  for (let n = 0; n < 10; n++) buffer.add(line(`sentence ${n}`), n);
  assert.deepEqual(buffer.takeLost(), { count: 7, from: 3, to: 9 });
  assert.equal(buffer.takeLost(), null);
  const rows = buffer.take(2);
  buffer.add(line("later"), 20);
  buffer.giveBack(rows);
  assert.deepEqual(buffer.take(10).map(({ message }) => message), [
    "sentence 0",
    "sentence 1",
    "sentence 2",
    "later",
  ]);
  buffer.lose(rows);
  assert.deepEqual(buffer.takeLost(), { count: 2, from: 0, to: 1 });
});

Deno.test("a full buffer still counts the lines of its rows", () => {
  const buffer = createLineBuffer({ most: 21 });
  for (let n = 0; n < 100; n++) buffer.add(line("x"), n);
  assert.equal(buffer.takeLost(), null);
  assert.equal(buffer.take(100).at(-1)?.lines, 80);
});

Deno.test("times are unique even if the clock is set back", () => {
  const buffer = createLineBuffer({ most: 10 });
  for (const at of [9, 3, 9, 4]) buffer.add(line(`at ${at}`), at);
  const times = buffer.take(10).map(({ at }) => at);
  assert.deepEqual(times, [...times].sort((a, b) => a - b));
  assert.equal(new Set(times).size, 4);
});

Deno.test("values used as templates take bounded memory", () => {
  const buffer = createLineBuffer({ most: 10 });
  for (let n = 0; n < 2_000; n++) buffer.add(line(`value ${n}`), n);
  assert.equal(buffer.size(), 10);
  assert.equal(buffer.takeLost()?.count, 1_990);
});
