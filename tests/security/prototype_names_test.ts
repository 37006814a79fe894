import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { z } from "zod";
import { validate, validateQuery } from "../../lib/http/validate.ts";
import { readFieldMap } from "../../lib/intake/field_map.ts";
import { readFrontMatter } from "../../lib/intake/document/front_matter.ts";
import { parseFeed } from "../../lib/intake/feed/feed.ts";
import { parseJson } from "../../lib/intake/json/json.ts";
import { unlimitedReader } from "../../lib/processor/document_reader.ts";
import { readRecord } from "../../lib/intake/read_record.ts";
import { parseTable } from "../../lib/intake/table/table.ts";
import { breakDown } from "../../lib/status/breakdown_view.ts";
import { settingsPatch } from "../../lib/wire/settings.ts";
import { parse } from "../support/byte_stream.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";

/** Names of members of every object, which one built from such names must neither lose nor find. */
const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

const VALUES = NAMES.map((name) => [name, `value of ${name}`] as const);

/** A record with a member under each name, written without an object, which would lose one. */
const RECORD = `{"content":"c",${
  VALUES.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")
}}`;

/** Asserts that the only article of some records has all values in `extra`. */
function assertKept(parsed: readonly { kind: string; article?: { extra: unknown } }[]) {
  const [only] = parsed.filter(({ kind }) => kind === "article");
  assert.ok(only !== undefined, JSON.stringify(parsed));
  assert.deepEqual(Object.entries(only.article?.extra ?? {}).toSorted(), VALUES.toSorted());
}

Deno.test("a field under the name of a member of every object keeps its value", async () => {
  const header = ["content", ...NAMES];
  const row = ["c", ...VALUES.map(([, value]) => value)];
  assertKept(await parse(parseTable, `${header.join(",")}\n${row.join(",")}\n`));
  assertKept(await parse(parseJson, `${RECORD}\n${RECORD}\n`));
  assertKept(await parse(parseJson, `[${RECORD}]`));
  assertKept(await parse(parseJson, `{"data":${RECORD}}`));
  assertKept(
    await parse(parseJson, `{"content":"c","extra":${RECORD.replace('"content":"c",', "")}}`),
  );
  assertKept(await parse(parseJson, JSON.stringify({ columns: header, rows: [row] })));
  const elements = VALUES.map(([name, value]) => `<${name}>${value}</${name}>`).join("");
  const item = `<item><description>c</description>${elements}</item>`;
  assertKept(await parse(parseFeed, `<rss><channel>${item}</channel></rss>`));
  for (const matter of [`---\n${lines(": ")}\n---\n`, `+++\n${lines(" = ")}\n+++\n`]) {
    assert.deepEqual(
      Object.entries((await readFrontMatter(matter, unlimitedReader)).fields),
      VALUES,
    );
  }
});

function lines(separator: string): string {
  return VALUES.map(([name, value]) => `${name}${separator}"${value}"`).join("\n");
}

Deno.test("a mapping finds only a record's own members", () => {
  for (const path of [...NAMES, "__proto__.constructor", "constructor.name", "a.constructor"]) {
    const map = readFieldMap(`title:${path}`);
    const reading = readRecord({ content: "c", a: {} }, { map });
    assert.equal(reading.kind, "article", path);
  }
  const map = readFieldMap("title:a.constructor,content:__proto__");
  const reading = readRecord(JSON.parse('{"__proto__":"c","a":{"constructor":"t"}}'), { map });
  assert.ok(reading.kind === "article");
  assert.deepEqual([reading.article.title, reading.article.content], ["t", "c"]);
});

Deno.test("a parameter or a setting under such a name is unknown, like any other", () => {
  for (const name of NAMES) {
    const isUnknown = (error: unknown) =>
      error instanceof HttpError && error.status === 400 && error.message === `${name} is unknown`;
    const query = new URLSearchParams([[name, "1"]]);
    assert.throws(() => validateQuery(z.strictObject({}), query), isUnknown);
    const body: unknown = JSON.parse(`{${JSON.stringify(name)}:{"retry_max":1}}`);
    assert.throws(() => validate(settingsPatch, body), isUnknown);
  }
});

Deno.test("a chart of a node under such a name has no times of others", () => {
  const steps = { from: 0, stepMs: 1_000, count: 2 };
  const input = { by: "node", steps, rows: [], begin: 0, known: 2_000, chosen: NAMES } as const;
  const counts = { wait: [1], run: [1] };
  const timings = [{ at: 0, nodes: {} }, { at: 1_000, nodes: { a: counts } }];
  const { parts } = breakDown({ ...input, timings });
  assert.deepEqual(parts.map(({ name }) => name), NAMES);
  assert.ok(parts.every(({ run }) => run.every((value) => value === null)));
});

Deno.test("a node keeps fields, groups, nodes and rules under such names apart", async (t) => {
  await using node = await startMillrace();

  await t.step("an article's fields, stored and returned", async () => {
    const { id } = await send(node, "POST", "/api/articles", RECORD, 201);
    const { extra } = await send(node, "GET", `/api/articles/${id}`);
    assert.deepEqual(Object.entries(extra).toSorted(), VALUES.toSorted());
    await send(node, "PUT", "/api/articles?source=__proto__", RECORD.replace('"c"', '"d"'), 201);
  });

  await t.step("the groups", async () => {
    const articles = NAMES.map((group) => ({ content: `银行在${group}`, group }));
    const { accepted } = await send(node, "POST", "/api/articles", JSON.stringify(articles), 201);
    assert.equal(accepted, NAMES.length);
    const { groups } = await send(node, "GET", "/api/groups");
    const names = groups.map(({ name }: { name: string }) => name);
    assert.deepEqual(NAMES.filter((name) => !names.includes(name)), []);
    for (const group of NAMES) {
      const { articles } = await send(node, "GET", `/api/articles?group=${group}`);
      assert.equal(articles.length, 1, group);
    }
    const query = NAMES.map((name) => `of=${name}`).join("&");
    await eventually(async () => {
      const view = await send(node, "GET", `/api/processor/breakdown?span=5m&by=group&${query}`);
      const counted = view.parts.map(({ total }: { total: { processed: number } }) =>
        total.processed
      );
      assert.deepEqual(counted, NAMES.map(() => 1));
    }, 60_000);
    await send(node, "GET", `/api/processor/breakdown?span=5m&by=node&${query}`);
  });

  await t.step("the rules of alerts", async () => {
    const rule = {
      measure: "dead_letters",
      threshold: 1e9,
      for_seconds: 0,
      target_ids: [],
      browser: false,
    };
    for (const name of NAMES) {
      const body = JSON.stringify({ ...rule, name, notify_resolved: true, enabled: true });
      await send(node, "POST", "/api/alerts/rules", body, 201);
    }
    const { rules } = await send(node, "GET", "/api/alerts");
    const names = rules.map(({ name }: { name: string }) => name);
    assert.deepEqual(NAMES.filter((name) => !names.includes(name)), []);
  });

  await t.step("a node that there is not", async () => {
    for (const name of NAMES) {
      await send(node, "POST", `/api/processor/nodes/${name}/pause`, undefined, 404);
    }
  });
});

/** Sends JSON and returns the data of the response, which must have the status. */
async function send(
  node: Millrace,
  method: string,
  path: string,
  body?: string,
  status = 200,
  // deno-lint-ignore no-explicit-any -- the tests read only what they assert
): Promise<any> {
  const response = await node.fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text).data;
}
