import assert from "node:assert/strict";
import { audit } from "./audit.ts";
import { eventually } from "./eventually.ts";
import { type FailingArticles, startFailing } from "./failing_articles.ts";
import { faultArticles, inParts } from "./fault_articles.ts";
import { pause, printMeasurement } from "./fault_form.ts";
import type { Millrace } from "./millrace.ts";
import { importAll } from "./producer.ts";
import { statusOf, type TestCluster } from "./test_cluster.ts";

/** The lines on the articles that fail. */
const FAILING = /Cannot process this: it is poison/;
/** The errors that a node logs: an outage, and values of other programs. */
const EXPECTED = /is unreachable|Another program's values|is not an article id/;

/** What an operator, another program or a fault does to a server while articles are processed. */
export interface Disturbance {
  name: string;
  begin: () => Promise<unknown>;
  end: () => Promise<unknown>;
  /** How long it lasts, in ms; default as given for all. */
  holdMs?: number;
}

export interface DisturbOptions {
  cluster: TestCluster;
  /** The first one serves HTTP. */
  nodes: [Millrace, ...Millrace[]];
  /** The number of articles that are imported during each disturbance. */
  each: number;
  /** How long they last by default, in ms. */
  holdMs: number;
  /** The time limit for the recovery after each one, in ms. */
  withinMs: number;
  /** The most log lines that a node may write during one. */
  mostLines: number;
}

/**
 * Runs each disturbance while articles are imported, processed and retried, among dead letters. Asserts that afterwards
 * the cluster is ready, each sound article is processed without a failed attempt, each other one was tried as often as
 * it should, the figures of the status are right, and all dead letters can be retried.
 */
export async function disturb(
  disturbances: readonly Disturbance[],
  { cluster, nodes, each, holdMs, withinMs, mostLines }: DisturbOptions,
): Promise<void> {
  const [web] = nodes;
  const failing = await startFailing(cluster, web);
  const articles = await faultArticles(each * disturbances.length);
  const faults: string[] = [];
  let count = 0;
  for (const [i, part] of inParts(articles, disturbances.length).entries()) {
    const { name, begin, end, holdMs: ms = holdMs } = disturbances[i]!;
    await failing.begin();
    const importing = importAll(web, part);
    const began = new Date().toISOString();
    await begin();
    await pause(ms);
    await end();
    const ended = Date.now();
    await importing;
    count += part.length;
    const settled = async () => {
      await assertSettled(cluster, web, count, failing);
      // The end of an outage that only a producer noticed is logged five seconds after it.
      for (const node of nodes) assert.equal(...outages(linesSince(node, began)), "outages ended");
    };
    await eventually(settled, withinMs).catch((error) => {
      const logs = nodes.map((node) => linesSince(node, began).join("\n")).join("\n\n");
      throw new Error(`${name}: ${error.message}\n${faults.join("\n\n")}\n${logs}`, {
        cause: error,
      });
    });
    printMeasurement(`${name}: at rest ${Date.now() - ended} ms after its end`);
    for (const node of nodes) {
      const lines = linesSince(node, began).filter((line) => !FAILING.test(line));
      const errors = lines.filter((line) =>
        line.includes('"level":"error"') && !EXPECTED.test(line)
      );
      if (lines.length > mostLines || errors.length > 0) {
        faults.push(`${name}:\n${lines.join("\n")}`);
      }
    }
  }
  assert.deepEqual(faults, []);
  const revived = await failing.retry();
  await audit({
    sql: cluster.database.sql,
    articles: count + failing.count(),
    revived,
    broker: cluster.broker,
    status: () => statusOf(web),
  });
}

/** How many outages began and ended. */
function outages(lines: readonly string[]): [began: number, ended: number] {
  const count = (of: RegExp) => lines.filter((line) => of.test(line)).length;
  return [count(/The \w+ is unreachable/), count(/The \w+ is back/)];
}

/** The lines of a node's log since a time. */
function linesSince(node: Millrace, began: string): string[] {
  return node.log().split("\n").filter((line) => {
    const time = /"timestamp":"([^"]*)"/.exec(line)?.[1];
    return time === undefined ? line !== "" : time >= began;
  });
}

async function assertSettled(
  { database: { sql } }: TestCluster,
  web: Millrace,
  articles: number,
  failing: FailingArticles,
) {
  const [row] = await sql`
    SELECT count(*) FILTER (WHERE state = 'processed')::int AS processed, count(*)::int AS all
    FROM article_states`;
  assert.deepEqual([row?.processed, row?.all], [articles, articles + failing.count()]);
  const { status } = await web.fetch("/readyz").then(drained);
  assert.equal(status, 200);
  const { queue_pending, in_flight, processed_today, processed_total } = await statusOf(web);
  assert.deepEqual(
    { queue_pending, in_flight, processed_today, processed_total },
    { queue_pending: 0, in_flight: 0, processed_today: articles, processed_total: articles },
  );
  await failing.assertSettled();
}

async function drained(response: Response): Promise<Response> {
  await response.body?.cancel();
  return response;
}
