import assert from "node:assert/strict";
import { z } from "zod";
import { eventually } from "./eventually.ts";
import { type FaultArticle, faultArticles } from "./fault_articles.ts";
import type { Millrace } from "./millrace.ts";
import { importAll } from "./producer.ts";
import { configure, statusOf, type TestCluster } from "./test_cluster.ts";

const MARK = "[[millrace:throw]]";
/** The articles of each disturbance that fail, and those that wait for their next try from its beginning to the end. */
const DYING = 3;
const WAITING = 4;
const RETRY_MAX = 1;
/** The least delay of a first retry. */
const LEAST_DELAY_MS = 1_000;

const row = z.object({
  id: z.number(),
  state: z.string(),
  /** As the text of an array, oldest first. */
  tries: z.string(),
  gap: z.number().nullable(),
  due: z.number().nullable(),
});

/** Articles that fail whenever they are tried, on nodes with `MILLRACE_POISON=on`. */
export interface FailingArticles {
  /** How many there are. */
  count(): number;
  /** Imports more. When it resolves, the first try of each has failed, and their retries are due within two seconds. */
  begin(): Promise<void>;
  /**
   * Asserts that each is a dead letter, or waits for its next try, exactly once in Postgres, in the queue and in the
   * counts, and was tried as often as it should and when due.
   */
  assertSettled(): Promise<void>;
  /** Corrects all articles and retries them; returns the number of dead letters that were retried. */
  retry(): Promise<number>;
}

/** Imports the articles that wait for an hour. `web` serves HTTP. */
export async function startFailing(
  { database: { sql }, broker }: TestCluster,
  web: Millrace,
): Promise<FailingArticles> {
  const articles = await failing();
  let count = 0;

  async function importMore(more: number) {
    await importAll(web, articles.slice(count, count + more));
    count += more;
    await eventually(async () => {
      const [failed] = await sql`SELECT count(DISTINCT article_id)::int AS count FROM attempts`;
      assert.equal(failed?.count, count);
    }, 30_000);
  }

  async function read() {
    return z.array(row).parse([
      ...await sql`
        SELECT article_id AS id, state, tried.tries, tried.gap,
          (extract(epoch FROM due_at) * 1000)::float8 AS due
        FROM article_states CROSS JOIN LATERAL (
          SELECT array_agg(try ORDER BY at)::text AS tries,
            (extract(epoch FROM max(at) - min(at)) * 1000)::float8 AS gap
          FROM attempts WHERE attempts.article_id = article_states.article_id
        ) AS tried WHERE tried.tries IS NOT NULL`,
    ]);
  }

  async function scores(place: string): Promise<Map<number, number>> {
    const key = `${broker.prefix}pending:articles:${place}`;
    const pairs = z.array(z.tuple([z.coerce.number(), z.coerce.number()]));
    return new Map(pairs.parse(await broker.send(["ZRANGE", key, "0", "-1", "WITHSCORES"])));
  }

  async function counted(query: string): Promise<number> {
    const { data } = await (await web.fetch(`/api/failures/count?${query}`)).json();
    return data.count;
  }

  await configure(web, { retry_max: RETRY_MAX });
  await importMore(WAITING);
  await sql`
    UPDATE article_states SET due_at = now() + interval '1 hour', revision = revision + 1
    WHERE state = 'retry'`;
  // The queue has them at an earlier time: the node that takes them then places them again.
  await eventually(async () => {
    const due = [...(await scores("retry")).values()];
    assert.equal(due.filter((at) => at > Date.now() + 1_800_000).length, WAITING);
  }, 30_000);

  return {
    count: () => count,
    begin: () => importMore(DYING),
    async assertSettled() {
      const rows = await read();
      const dead = rows.filter(({ state }) => state === "dead");
      const waiting = rows.filter(({ state }) => state === "retry");
      assert.deepEqual([dead.length, waiting.length], [count - WAITING, WAITING]);
      for (const { id, tries, gap } of dead) {
        assert.equal(tries, "{1,2}", `the tries of ${id}`);
        assert.ok((gap ?? 0) >= LEAST_DELAY_MS, `${id} was retried after ${gap} ms`);
      }
      for (const { id, tries } of waiting) assert.equal(tries, "{1}", `the tries of ${id}`);
      const ids = (some: Iterable<number>) => [...some].sort((a, b) => a - b);
      assert.deepEqual(ids((await scores("dead")).keys()), ids(dead.map(({ id }) => id)));
      const queued = await scores("retry");
      assert.deepEqual(ids(queued.keys()), ids(waiting.map(({ id }) => id)));
      for (const { id, due } of waiting) {
        const off = Math.abs(queued.get(id)! - due!);
        assert.ok(off < 60_000, `${id} is due ${off} ms off in the queue`);
      }
      const { queue_retry, queue_dead, failed_total, retried_total } = await statusOf(web);
      assert.deepEqual(
        { queue_retry, queue_dead, failed_total, retried_total },
        {
          queue_retry: WAITING,
          queue_dead: dead.length,
          failed_total: WAITING + 2 * dead.length,
          retried_total: WAITING + dead.length,
        },
      );
      assert.equal(await counted("state=dead"), dead.length);
      assert.equal(await counted("state=retry"), WAITING);
    },
    async retry() {
      await sql.begin(async (tx) => {
        // The trigger on edits would make them pending.
        await tx`SET LOCAL session_replication_role = replica`;
        await tx`UPDATE original_articles SET content = replace(content, ${MARK}, '')`;
      });
      const response = await web.fetch("/api/failures/retry", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      const { data } = await response.json();
      assert.equal(data?.done, count, "each of them was retried once");
      return count - WAITING;
    },
  };
}

async function failing(): Promise<FaultArticle[]> {
  return (await faultArticles(1_000)).map((article) => ({
    ...article,
    source: `failing ${article.source}`,
    title: `Failing: ${article.title}`,
    content: `${article.content}<p>${MARK}</p>`,
  }));
}
