import assert from "node:assert/strict";
import { expected } from "../../lib/intake/format_name.ts";
import { MAX_RECORD } from "../../lib/intake/parsed.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { jsonScan } from "../../lib/intake/json/json_scan.ts";
import { isExcessive, jsonExtent } from "../../lib/runtime/json_extent.ts";
import { allOf } from "../support/byte_stream.ts";
import { longestStall } from "../support/longest_stall.ts";

/** The limit is 20 ms on an idle machine; each of these took from 60 ms to 2 s before it was bounded. */
const MOST_STALL = 60;
/** The space for one part of a record of the maximum length. */
const ROOM = MAX_RECORD - 1_000;

const SOUND = '{"title":"t","content":"c"}';
const TOO_MANY = "the record has more than 60,000 values, or 20,000 different names";

const repeated = (unit: string, separator = "") =>
  Array(Math.floor(ROOM / (unit.length + separator.length))).fill(unit).join(separator);
const numbered = (count: number, each: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => each(n)).join(",");
const withExtra = (value: string) => `{"content":"c","x":${value}}`;

async function read(lines: string): Promise<{ line: number; said: string }[]> {
  const body = new Blob([lines]).stream();
  const parsed = await allOf(
    readInput(body, expected({ contentType: "application/x-ndjson" })),
  );
  return parsed.map((one) => ({
    line: one.line,
    said: one.kind === "article" ? "" : one.kind === "note" ? one.note : one.error,
  }));
}

for (
  const [what, record] of [
    ["empty objects", withExtra(`[${repeated("{}", ",")}]`)],
    ["nested arrays", withExtra("[".repeat(ROOM / 2) + "]".repeat(ROOM / 2))],
    ["nested objects", withExtra('{"a":'.repeat(ROOM / 6) + "1" + "}".repeat(ROOM / 6))],
    ["different names", withExtra(`{${numbered(150_000, (n) => `"k${n}":1`)}}`)],
    ["different short texts", withExtra(`[${numbered(150_000, (n) => `"k${n}"`)}]`)],
    ["objects that are not closed", '{"a":'.repeat(ROOM / 5)],
    ["articles on one line", `{"x":[${repeated(SOUND, ",")}]}`],
  ] as const
) {
  Deno.test(`a record of ${what} costs itself only, and does not hold the event loop`, async () => {
    const lines = `${SOUND}\n${record}\n${SOUND}\n`;
    assert.deepEqual(await read(lines), [
      { line: 1, said: "" },
      { line: 2, said: TOO_MANY },
      { line: 3, said: "" },
    ]);
    const stall = await longestStall(() => read(lines));
    assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
  });
}

for (
  const [what, record] of [
    ["values without a separator", repeated(SOUND)],
    ["starts of comments", `{"a":${repeated("/* ")}1}`],
    ["escaped quotes in an open string", `{"a":"${repeated('\\"')}`],
    ["backslashes that are no escapes", `{"a":"${repeated("\\x")}"}`],
    ["tabs in a text", `{"a":"${repeated("\t")}"}`],
    ["Infinity", `{"a":${repeated("Infinity ")}}`],
    ["tags in a text", `{"content":"c","tags":"${repeated("a", ",")}"}`],
    ["labels of an address", `{"content":"c","url":"http://${repeated("a.")}/"}`],
  ] as const
) {
  Deno.test(`a record of ${what} does not hold the event loop`, async () => {
    const lines = `${SOUND}\n${record}\n${SOUND}\n`;
    const [first, , last] = await read(lines);
    assert.deepEqual([first, last], [{ line: 1, said: "" }, { line: 3, said: "" }]);
    const stall = await longestStall(() => read(lines));
    assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
  });
}

Deno.test("sound records are far within the limits", async () => {
  const block = (n: number) =>
    JSON.stringify({
      key: `k${n}`,
      text: "一段不长的正文。".repeat(14),
      type: "unstyled",
      depth: 0,
      inlineStyleRanges: [],
      entityRanges: [],
      data: {},
    });
  const records = [
    JSON.stringify({ content: '长文，有 "引号" 和 {括号}。'.repeat(30_000) }),
    `{"content":"c",${numbered(9_990, (n) => `"field ${n}":{"value":${n}}`)}}`,
    `{"content":{"blocks":[${numbered(4_000, block)}],"entityMap":{}}}`,
    withExtra(`[${numbered(50_000, (n) => `${n / 7}`)}]`),
    `{"所有":[${numbered(5_000, (n) => `{"title":"t${n}","content":"c"}`)}]}`,
  ];
  for (const record of records) {
    assert.ok(!isExcessive(jsonExtent(record)));
    assert.deepEqual((await read(`${record}\n`)).filter(({ said }) => said !== ""), []);
  }
});

Deno.test("names and values are counted outside of strings, and each name once", () => {
  const text = `[${
    Array(30_000).fill('{"a":"{,[\\"","long":"' + "x".repeat(70) + '"}').join(",")
  }]`;
  const { values, names, outside } = jsonExtent(text);
  assert.equal(values, 1 + 30_000 + 29_999 + 30_000);
  assert.equal(names, 3);
  assert.ok(outside > 30_000 * 8 && outside < 30_000 * 16, String(outside));
});

Deno.test("brackets without end take bounded memory", () => {
  const scan = jsonScan();
  const chunk = new TextEncoder().encode("[".repeat(200_000));
  for (let count = 0; count < 5; count++) scan.scan(chunk, 0);
  assert.equal(scan.closers().length, 100_000);
});
