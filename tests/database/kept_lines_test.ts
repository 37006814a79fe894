import assert from "node:assert/strict";
import {
  listLogLines,
  type LogLineFilter,
  type LogPage,
  type LogPlace,
} from "../../lib/database/kept_lines.ts";
import { deleteLogRows, expiredLogTime, putLogRows } from "../../lib/database/log_rows.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import type { LogRow } from "../../lib/runtime/fold_repeated_lines.ts";
import { DATABASES } from "../support/database.ts";

const NOON = Date.UTC(2026, 2, 1, 12);
const DAY_MS = 24 * 3_600_000;
const NO_FILTER: LogLineFilter = {
  levels: [],
  text: "",
  codes: [],
  node: "",
  article: null,
  since: null,
  until: null,
};

function row(ms: number, message: string, rest: Partial<LogRow> = {}): LogRow {
  const at = (NOON + ms) * 1_000;
  const plain = {
    level: "info",
    lines: 1,
    article: null,
    request: null,
    code: null,
    parameters: null,
  } as const;
  return { ...plain, at, lastAt: NOON + ms, message, ...rest };
}

/** Reads all pages in one direction. */
async function readAll(
  sql: Sql,
  filter: Partial<LogLineFilter>,
  { towards = "older", limit = 3, now }: {
    towards?: "older" | "newer";
    limit?: number;
    now?: () => number;
  } = {},
) {
  const pages: string[][] = [];
  let from: LogPlace | null = null;
  do {
    const page: LogPage = await listLogLines(sql, { ...NO_FILTER, ...filter }, {
      from,
      towards,
      limit,
      ...(now === undefined ? {} : { now }),
    });
    pages.push(page.lines.map(({ message }) => message));
    from = page.next;
  } while (from !== null);
  return pages;
}

async function find(sql: Sql, filter: Partial<LogLineFilter>) {
  return (await readAll(sql, filter, { limit: 100 })).flat();
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: a line has the code and the parameters of its message, if it has a code`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const code = "article_failed";
      await putLogRows(sql, "one", [
        row(0, "without a code"),
        row(10, "Article 7 failed", { code, parameters: { article: "7", message: "{'\"汉" } }),
      ]);
      await putLogRows(sql, "one", [
        row(10, "Article … failed", { code, parameters: { article: "…", message: "nul\0" } }),
      ]);
      const options = { from: null, towards: "older", limit: 10 } as const;
      const { lines } = await listLogLines(sql, NO_FILTER, options);
      assert.deepEqual(lines.map(({ code, parameters }) => [code, parameters]), [
        [undefined, undefined],
        [code, { article: "…", message: "nul" }],
      ]);
      assert.deepEqual(await find(sql, { text: "失败", codes: [code] }), ["Article … failed"]);
      assert.deepEqual(await find(sql, { text: "失败", codes: ["article_dead"] }), []);
    },
  });
  Deno.test({
    name: `${kind}: lines of all nodes can be filtered by time, level, node, article and text`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      await putLogRows(sql, "one", [
        row(0, "started"),
        row(10, "Article 7 failed", { level: "warning", article: 7 }),
        row(20, "Article 7 is DEAD", { level: "error", article: 7 }),
      ]);
      await putLogRows(sql, "two", [
        row(10, "at the same microsecond"),
        row(30, "failed, too", { level: "error", request: "a-Request" }),
      ]);
      const all = [
        "started",
        "Article 7 failed",
        "at the same microsecond",
        "Article 7 is DEAD",
        "failed, too",
      ];
      assert.deepEqual(await find(sql, {}), all);
      assert.deepEqual(await find(sql, { node: "two" }), [all[2], all[4]]);
      assert.deepEqual(await find(sql, { levels: ["error"] }), [all[3], all[4]]);
      assert.deepEqual(await find(sql, { levels: ["error", "info"] }), [
        all[0],
        ...all.slice(2),
      ]);
      assert.deepEqual(await find(sql, { levels: ["error"], node: "one" }), [all[3]]);
      assert.deepEqual(await find(sql, { levels: ["debug"] }), []);
      assert.deepEqual(await find(sql, { article: 7 }), [all[1], all[3]]);
      assert.deepEqual(await find(sql, { article: 7, levels: ["warning"] }), [all[1]]);
      assert.deepEqual(await find(sql, { article: 7, node: "two" }), []);
      assert.deepEqual(await find(sql, { text: "dead" }), [all[3]]);
      assert.deepEqual(await find(sql, { text: "FAILED", levels: ["error"] }), [all[4]]);
      assert.deepEqual(await find(sql, { text: "a-request" }), [all[4]]);
      assert.deepEqual(await find(sql, { since: NOON + 10 }), all.slice(1));
      assert.deepEqual(await find(sql, { until: NOON + 10 }), all.slice(0, 1));
      assert.deepEqual(await find(sql, { since: NOON + 10, until: NOON + 20, node: "one" }), [
        all[1],
      ]);
    },
  });

  Deno.test({
    name: `${kind}: pages in both directions have no gaps or duplicates`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const rows = Array.from({ length: 10 }, (_, n) => row(n, `line ${n}`));
      await putLogRows(sql, "one", rows);
      await putLogRows(sql, "two", rows.map((each) => ({ ...each, message: `${each.message}b` })));
      const wanted = rows.flatMap(({ message }) => [message, `${message}b`]);
      for (const filter of [{}, { text: "LINE" }, { levels: ["info"] }] as const) {
        for (const limit of [1, 3, 20]) {
          const older = await readAll(sql, filter, { limit });
          assert.deepEqual(older.toReversed().flat(), wanted);
          assert.equal(older.length, Math.ceil(wanted.length / limit));
          const newer = await readAll(sql, filter, { limit, towards: "newer" });
          assert.deepEqual(newer.flat(), wanted);
        }
      }
    },
  });

  Deno.test({
    name: `${kind}: the search for a rare text is split into pages, each with a cursor`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const rows = Array.from({ length: 5_000 }, (_, n) => row(n, `line ${n}`));
      rows[7] = row(7, "the needle");
      await putLogRows(sql, "one", rows);
      // Each call of the clock returns a second more, so that every page has one step.
      let clock = 0;
      const now = () => clock += 1_000;
      const pages = await readAll(sql, { text: "needle" }, { now });
      assert.ok(pages.length >= 5);
      assert.deepEqual(pages.flat(), ["the needle"]);
      assert.deepEqual(await find(sql, { text: "needle" }), ["the needle"]);
    },
  });

  Deno.test({
    name: `${kind}: a growing row is replaced, with its count and last line`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      await putLogRows(sql, "one", [row(0, "Article 7", { article: 7, request: "r" })]);
      await putLogRows(sql, "one", [row(0, "Article …", { lines: 312, lastAt: NOON + 4_000.5 })]);
      const { lines } = await listLogLines(sql, NO_FILTER, {
        from: null,
        towards: "older",
        limit: 9,
      });
      assert.deepEqual(lines, [{
        id: NOON * 1_000,
        type: "log",
        level: "info",
        message: "Article …",
        timestamp: new Date(NOON).toISOString(),
        node: "one",
        count: 312,
        last_timestamp: new Date(NOON + 4_000).toISOString(),
      }]);
    },
  });

  Deno.test({
    name: `${kind}: any log line can be stored and found`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const texts = [
        "\0null",
        "\ud800",
        "\x1e\x1f",
        '"}\\',
        "长".repeat(2_000),
        "'; DROP TABLE",
        "",
      ];
      await putLogRows(sql, "one", texts.map((text, n) => row(n, `${text}!`)));
      assert.equal((await find(sql, { text: "!" })).length, texts.length);
      assert.deepEqual(await find(sql, { text: '"}\\' }), ['"}\\!']);
    },
  });

  Deno.test({
    name: `${kind}: lines expire by age and by count, and are deleted in steps`,
    ignore,
    async fn() {
      await using opened = await open();
      const { sql } = opened;
      const begun = Date.now();
      const ages = [0, 1, 2, 3, 8, 9, 10];
      await putLogRows(
        sql,
        "one",
        ages.map((days) => row(begun - NOON - days * DAY_MS, `${days} days`)).toReversed(),
      );
      const week = await expiredLogTime(sql, { days: 7, rows: 1_000 });
      assert.ok(Math.abs(begun - 7 * DAY_MS - week) < 60_000);
      assert.equal(await deleteLogRows(sql, week, 2), 2);
      assert.equal(await deleteLogRows(sql, week, 2), 1);
      assert.deepEqual(await find(sql, {}), ["3 days", "2 days", "1 days", "0 days"]);
      const surplus = await expiredLogTime(sql, { days: 7, rows: 3 });
      assert.equal(await deleteLogRows(sql, surplus, 10), 1);
      assert.deepEqual(await find(sql, {}), ["2 days", "1 days", "0 days"]);
      // Rows are not counted while their number is known to be far from the limit.
      await sql`ANALYZE log_lines`;
      assert.ok(await expiredLogTime(sql, { days: 7, rows: 10 }) < begun - 6 * DAY_MS);
    },
  });
}
