import assert from "node:assert/strict";
import { BROKER_AWAY, DATABASE_AWAY } from "../../lib/http/error_response.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { byForm, pause, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  type Refusal,
  type RefusingProxy,
  startRefusingPostgres,
  startRefusingRedis,
} from "../support/refusing_proxy.ts";
import { startTestCluster, statusOf, withServers } from "../support/test_cluster.ts";

const EACH = byForm({ short: 60, long: 300 });
/** Long enough for a flood of log lines to show. */
const REFUSING_MS = byForm({ short: 1_500, long: 5_000 });
const MOST_LINES = 12;

/** Every request that needs a server, including pages and forms. */
const REQUESTS: [method: string, path: string, body?: unknown][] = [
  ...[
    ...["/", "/articles", "/articles/1", "/failures", "/events", "/alerts", "/logs", "/workers"],
    ...["/settings", "/import", "/sessions", "/metrics"],
    ...[
      "articles",
      "articles/1",
      "failures",
      "failures/causes",
      "failures/count",
      "failures/facets",
    ],
    ...["groups", "imports", "operations", "events", "events/export", "alerts"],
  ].map((path): [string, string] => ["GET", path.startsWith("/") ? path : `/api/${path}`]),
  ...["changes", "config", "history?span=24h", "logs", "stats", "status", "timings?span=24h"]
    .map((path): [string, string] => ["GET", `/api/processor/${path}`]),
  ["POST", "/api/articles/999999/process"],
  ["POST", "/api/failures/retry", {}],
  ["POST", "/api/failures/clear", {}],
  ["POST", "/api/processor/retry-all"],
  ["POST", "/api/processor/start"],
  ["PUT", "/api/processor/config", { retry_max: 3 }],
  ["DELETE", "/api/processor/dead-queue"],
];
const INTAKE: [string, string][] = [
  ["POST", "/api/articles"],
  ["PUT", "/api/articles?source=refused"],
];
const ARTICLE = { title: "refused", content: "It was posted while a server returned errors." };

/** Errors of several versions, and some that no version has. */
const REPLIES: Refusal[] = [
  { code: "READONLY", message: "this replica accepts no writes" },
  { code: "ERR", message: "max number of clients reached", toConnections: true },
  { code: "NOSCRIPT", message: "No matching script." },
  ...byForm({
    short: [],
    long: [
      { code: "LOADING", message: "Redis is loading the dataset in memory", toConnections: true },
      { code: "UNKILLABLE", message: "Sorry the script already executed write commands." },
      { code: "WRONGPASS", message: "invalid username-password pair or user is disabled." },
      { code: "MASTERDOWN", message: "Link with MASTER is down." },
      { code: "TRYAGAIN", message: "Multiple keys request during rehashing of slot" },
      { code: "CLUSTERDOWN", message: "The cluster is down" },
      { code: "NOPERM", message: "User millrace has no permissions to run the 'evalsha' command" },
      { code: "NOAUTH", message: "Authentication required.", toConnections: true },
      { code: "MISCONF", message: "Errors writing to the AOF file: No space left on device" },
      { code: "BUSY", message: "Redis is busy running a script." },
      { code: "ERR", message: "" },
      { code: "NEWER", message: "than all that is known" },
    ],
  }),
];

/** Replies that are no errors, and that no command or only some can have. */
const SHAPES: Refusal[] = [
  ["nil", "_\r\n"],
  ["OK", "+OK\r\n"],
  ["an empty array", "*0\r\n"],
  ["half an array", "*2\r\n$3\r\nab"],
  ["no RESP", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ...byForm({
    short: [],
    long: [
      ["nil of RESP2", "$-1\r\n"],
      ["no array", "*-1\r\n"],
      ["a number", ":1\r\n"],
      ["a map", "%1\r\n+a\r\n+b\r\n"],
      ["a boolean", "#t\r\n"],
      ["an error in an array", "*2\r\n:1\r\n-ERR inside\r\n"],
      ["a message that nothing subscribed to", ">3\r\n+message\r\n+x\r\n+y\r\n"],
      ["two replies", "+OK\r\n+OK\r\n"],
      ["a length that is none", "$x\r\n"],
    ],
  }),
].map(([message = "", raw = ""]) => ({ code: "instead", message, raw }));

const STATES: Refusal[] = [
  ...byForm({
    short: ["25006", "40001", "58030", "42501"],
    long: [
      ...["08000", "08003", "08006", "08P01", "25006", "25P03", "28000", "28P01", "40001", "40P01"],
      ...["42501", "42P01", "53000", "53100", "53200", "53400", "55000", "55006", "55P03", "57000"],
      ...["57014", "57P01", "57P02", "57P04", "57P05", "58000", "58030", "58P01", "F0000", "P0001"],
      ...["XX000", "XX001", "XX002"],
    ],
  }).map((code) => ({ code, message: "refused" })),
  ...byForm({ short: ["53300"], long: ["53300", "57P03", "28P01", "3D000"] })
    .map((code) => ({ code, message: "refused", toConnections: true })),
];

/** Statements of one kind each, or of several that articles do not depend on. */
const KINDS: Refusal[] = byForm({
  short: [
    /AS requested/,
    /batch_ids|processor_tally/,
    /outbox|system_settings/,
    /sessions|INSERT INTO events|alert_|operations|history/,
  ],
  long: [
    ...[/AS requested/, /batch_ids/, /INSERT INTO original_articles/, /outbox/, /system_settings/],
    ...[/sessions/, /INSERT INTO events/, /alert_/, /operations/, /history/, /processor_tally/],
  ],
}).flatMap((only) =>
  byForm({ short: ["XX000"], long: ["XX000", "53100"] })
    .map((code) => ({ code, message: `refused, as ${only.source}`, only }))
);

function refusing(
  { name, server, refusals, away }: {
    name: string;
    server: "broker" | "database";
    refusals: Refusal[];
    away: string;
  },
) {
  Deno.test({
    ...withServers(name),
    async fn() {
      await using starting = new AsyncDisposableStack();
      let proxy: RefusingProxy | null = null;
      await using cluster = await startTestCluster();
      if (server === "broker") proxy = starting.use(await startRefusingRedis(cluster.redis.port));
      else proxy = starting.use(await startRefusingPostgres(cluster.postgres.port));
      const env: Record<string, string> = server === "broker"
        ? { REDIS_URL: `redis://127.0.0.1:${proxy.port}` }
        : { DATABASE_URL: `postgres://postgres@127.0.0.1:${proxy.port}/postgres` };
      const node = await cluster.startNode("all", env);
      const articles = await faultArticles(EACH * refusals.length);
      let more = 0;
      for (const [i, part] of inParts(articles, refusals.length).entries()) {
        const refusal = refusals[i]!;
        const reason = `${refusal.code} ${refusal.message}`;
        const importing = importAll(node, part);
        const lines = node.log().split("\n").length;
        proxy.refuse(refusal);
        if (refusal.only === undefined) await eventually(() => assertReadiness(node, 503), 20_000);
        await pause(REFUSING_MS);
        for (const [method, path, body] of REQUESTS) {
          await assertAnswer(node, method, path, away, body);
        }
        if (refusal.only !== undefined) {
          // Other requests to the servers succeed.
        } else if (server === "database") {
          for (const [method, path] of INTAKE) {
            const { response, text } = await sendJson(node, method, path, ARTICLE);
            assert.equal(response.status, 503, `${reason}: ${method} ${path}: ${text}`);
            assert.ok(Number(response.headers.get("retry-after")) > 0);
          }
        } else {
          const article = { ...ARTICLE, content: `${ARTICLE.content} ${reason}` };
          const { response, text } = await sendJson(node, "POST", "/api/articles", article);
          assert.equal(response.status, 201, text);
          more++;
        }
        const log = node.log().split("\n").slice(lines);
        proxy.refuse(null);
        await eventually(() => assertReadiness(node, 200), 30_000);
        await importing;
        assert.ok(log.length < MOST_LINES, `${reason}: ${log.length} lines:\n${log.join("\n")}`);
        assert.doesNotMatch(log.join("\n"), /Request failed/, reason);
      }
      const { attempts } = await audit({
        sql: cluster.database.sql,
        articles: articles.length + more,
        broker: cluster.broker,
        status: () => statusOf(node),
      });
      assert.equal(attempts, 0, "a server error does not count as a failed attempt");
      printMeasurement(`${refusals.length} refusals of the ${server} charged nothing`);
    },
  });
}

refusing({
  name: "any Redis error to every command is an outage, and no article fails",
  server: "broker",
  refusals: REPLIES,
  away: BROKER_AWAY,
});
refusing({
  name: "a reply of Redis that no command can have is an outage, and no article fails",
  server: "broker",
  refusals: SHAPES,
  away: BROKER_AWAY,
});
refusing({
  name: "any SQLSTATE from Postgres is an outage, and no article fails",
  server: "database",
  refusals: STATES,
  away: DATABASE_AWAY,
});

refusing({
  name:
    "if Postgres rejects one kind of statement, no article fails or is lost, and the log is bounded",
  server: "database",
  refusals: KINDS,
  away: DATABASE_AWAY,
});

async function assertReadiness(node: Millrace, status: number) {
  const response = await node.fetch("/readyz");
  assert.equal(response.status, status, await response.text());
}

/** Requests that do not need the server succeed. */
async function assertAnswer(
  node: Millrace,
  method: string,
  path: string,
  away: string,
  body?: unknown,
) {
  const { response: { status }, text } = await sendJson(node, method, path, body);
  if (status < 500) return;
  const expected = path.startsWith("/api/") ? 500 : 503;
  assert.equal(status, expected, `${method} ${path}: ${text.slice(0, 500)}`);
  if (expected === 500) assert.equal(JSON.parse(text).message, away, `${method} ${path}`);
}

async function sendJson(node: Millrace, method: string, path: string, body?: unknown) {
  const response = await node.fetch(path, {
    method,
    redirect: "manual",
    headers: { accept: "text/html,application/json", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { response, text: await response.text() };
}
