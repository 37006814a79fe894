import assert from "node:assert/strict";
import { z } from "zod";
import { connectDatabase } from "../../lib/database/connect.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { RANGE_BITS } from "../../lib/database/keyset_pagination.ts";
import { eventually } from "../support/eventually.ts";
import {
  COMMON_CAUSE,
  COMMON_TEXT,
  RARE_TEXT,
  storeManyArticles,
} from "../support/many_articles.ts";
import { startMillrace } from "../support/millrace.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

const COUNT = 40_000;
/** The unbounded tables; settings and history are bounded. */
const GROWING = [
  "original_articles",
  "article_states",
  "attempts",
  "article_actions",
  "titles",
  "contents",
  "outbox",
  "operations",
  "setting_changes",
  "events",
  "processor_tally",
  "log_lines",
];
/** The default maximum of rows that a page may read from a table. */
const MOST_ROWS = 2_000;
/** A text search covers this many ids at a time. */
const RANGE = 2 ** RANGE_BITS;

/** The node compares its queue with Postgres every half minute, whatever pages are open. */
const COMPARISON = /FROM processor_tally WHERE day </;

interface Request {
  path: string;
  /** The maximum of rows for pages that count failures or search text. */
  most?: number;
}

const LOG_LINES = 200_000;
const LOG_END = Date.now();
const FAILED = COUNT * 0.11;
const any = COUNT / 2 + 3;
const REQUESTS: Request[] = [
  { path: "/", most: FAILED },
  { path: "/?span=7d&until=1700000000000", most: FAILED },
  { path: "/workers" },
  { path: "/failures", most: 2 * FAILED },
  { path: "/failures?state=dead&q=step&ask=clear", most: 4 * FAILED },
  {
    path: `/failures?cause=${encodeURIComponent(COMMON_CAUSE)}&cursor=${LOG_END}000.${any}`,
    most: 2 * FAILED,
  },
  { path: "/articles" },
  { path: `/articles?cursor=${any}` },
  { path: `/articles?q=${COMMON_TEXT}`, most: RANGE },
  { path: "/articles?day=2020-01-01" },
  { path: `/articles?q=${RARE_TEXT}&cursor=${any}`, most: RANGE },
  { path: `/articles?source=many-${any}` },
  { path: `/articles?group=group+7&cursor=${any}` },
  { path: "/articles?import=2" },
  { path: `/articles?import=1&state=dead&cursor=${COUNT}`, most: RANGE },
  { path: "/articles?state=pending" },
  { path: `/articles?state=dead&q=${COMMON_TEXT}&cursor=${any}`, most: RANGE },
  { path: `/articles?state=dead&q=${RARE_TEXT}` },
  { path: `/articles?state=retry&q=${RARE_TEXT}&group=group+7` },
  { path: "/articles?state=discarded" },
  { path: `/articles/${any}` },
  { path: "/logs" },
  { path: `/logs?until=${LOG_END}` },
  { path: `/logs?until=${LOG_END}&level=error` },
  { path: `/logs?since=${LOG_END - 3_600_000}&node=node+3&level=warning` },
  { path: `/logs?before=${LOG_END}000.&article=${LOG_LINES / 2}` },
  { path: "/api/processor/logs?since=0&q=nowhere&node=node+3", most: 2 * LOG_LINES },
  { path: `/events?minute=${LOG_END - 60_000}` },
  { path: "/settings" },
  { path: "/import" },
  { path: "/api/processor/status" },
  { path: "/api/processor/stats" },
  { path: "/api/processor/history?span=7d" },
  { path: "/api/processor/breakdown?span=7d&by=group" },
  { path: `/api/search?q=${COMMON_TEXT}`, most: RANGE },
  { path: `/api/search?q=${any}`, most: RANGE },
  { path: "/api/processor/config" },
  { path: "/api/processor/changes" },
  { path: "/api/failures?state=dead" },
  { path: "/api/failures/causes", most: 2 * FAILED },
  { path: "/api/failures/count", most: FAILED },
  { path: "/api/operations" },
  { path: "/api/events" },
  { path: "/api/events?kind=start,stop&node=nowhere" },
  { path: `/api/articles?state=dead&text=${RARE_TEXT}` },
  { path: `/api/articles/${any}` },
  { path: "/metrics" },
];

Deno.test({
  ...withPostgres("no page scans an unbounded table, or reads much more than it shows"),
  async fn(t) {
    const logs = await Deno.makeTempDir({ prefix: "millrace-plans-" });
    await Deno.chmod(logs, 0o777); // Postgres may run as another user
    await using server = await startPostgres({
      settings: {
        logging_collector: "on",
        log_directory: logs,
        log_filename: "plans",
        log_line_prefix: "%a ",
        session_preload_libraries: "auto_explain",
        "auto_explain.log_min_duration": "0",
        "auto_explain.log_analyze": "on",
        "auto_explain.log_timing": "off",
        "auto_explain.log_format": "json",
      },
    });
    await fill(server.url);
    await using node = await startMillrace({ env: { DATABASE_URL: server.url } });
    // The node loads unfinished articles into its queue at startup, which no page causes.
    await eventually(async () => {
      const { data } = await (await node.fetch("/api/processor/status")).json();
      assert.equal(data.queue_dead, COUNT / 10);
    }, 60_000);

    await using marking = await connectDatabase({ url: server.url, dataDir: "" });

    for (const [index, { path, most = MOST_ROWS }] of REQUESTS.entries()) {
      await t.step(path, async () => {
        const before = (await Deno.readTextFile(`${logs}/plans`)).length;
        const response = await node.fetch(path);
        await response.body?.cancel();
        assert.equal(response.status, 200);
        // Plans are logged late: those before this statement's belong to the request.
        const mark = `mark_${index}`;
        await marking.sql.unsafe(`SELECT 1 AS ${mark}`);
        const plans = await eventually(async () => {
          const log = (await Deno.readTextFile(`${logs}/plans`)).slice(before);
          assert.ok(log.includes(mark));
          return plansIn(log);
        });
        for (const { query, scans } of plans) {
          if (COMPARISON.test(query)) continue;
          for (const { type, table, rows } of scans) {
            if (!GROWING.includes(table)) continue;
            assert.notEqual(type, "Seq Scan", `${table} is scanned by ${query}`);
            assert.ok(rows <= most, `${rows} rows of ${table} are read, not ${most}, by ${query}`);
          }
        }
      });
    }
    await Deno.remove(logs, { recursive: true });
  },
});

/** Stores the articles over a connection without auto_explain. */
async function fill(url: string) {
  await using database = await connectDatabase({ url, dataDir: "" });
  await migrate(database);
  await database.patiently(async (sql) => {
    await sql`SET auto_explain.log_min_duration = -1`;
    await storeManyArticles(sql, COUNT, ["<p>A paragraph that is long enough to be kept.</p>"]);
    await sql`
      INSERT INTO log_lines (at, node, level, message, last_at, article)
      SELECT at, 'node ' || n % 7, CASE WHEN n % 500 = 0 THEN 'error' WHEN n % 9 = 0 THEN 'warning' ELSE 'info' END,
        'Article ' || n || ' was logged', at, n
      FROM generate_series(1, ${LOG_LINES}::int) AS n,
        LATERAL (SELECT ${LOG_END}::timestamptz - n * interval '100 ms' AS at) AS given`;
    await sql`ANALYZE log_lines`;
  });
}

interface Scan {
  type: string;
  table: string;
  /** Rows returned and removed, over all loops. */
  rows: number;
}

const explained = z.object({ "Query Text": z.string(), Plan: z.unknown() });

const planNode = z.looseObject({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().default(0),
  "Rows Removed by Index Recheck": z.number().default(0),
  Plans: z.array(z.unknown()).default([]),
});

/**
 * Parses the plans of the node's statements from a Postgres log, where each starts after a line prefix.
 * Throws if the last plan is incomplete.
 */
function plansIn(log: string): { query: string; scans: Scan[] }[] {
  const entries = log.matchAll(/^millrace LOG: {2}duration: .*? plan:\n((?:\t.*\n)+)/gm);
  return [...entries].map(([, text = ""]) => {
    const { "Query Text": query, Plan } = explained.parse(
      JSON.parse(text.replaceAll("\n\t", "\n")),
    );
    return { query, scans: scansOf(Plan) };
  });
}

function scansOf(plan: unknown): Scan[] {
  const node = planNode.parse(plan);
  const below = node.Plans.flatMap(scansOf);
  if (node["Relation Name"] === undefined) return below;
  const rows = node["Actual Rows"] + node["Rows Removed by Filter"] +
    node["Rows Removed by Index Recheck"];
  const scan = {
    type: node["Node Type"],
    table: node["Relation Name"],
    rows: rows * node["Actual Loops"],
  };
  return [scan, ...below];
}
