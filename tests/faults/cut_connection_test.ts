import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, tell } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { onStage, setStage, untilAtWork } from "../support/stage.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp_proxy.ts";

/** Longer than the nodes wait for an answer of Redis. */
const REDIS_STALL_MS = 6_000;
/** In the long form longer than they wait for one of Postgres. */
const POSTGRES_STALL_MS = byForm({ short: 3_000, long: 45_000 });
const RESETS = byForm({ short: 5, long: 30 });
/** A part of the articles is through in about this time. */
const MOMENT_MS = 60;

type Strike = (wires: { redis: TcpProxy; postgres: TcpProxy }) => Promise<void> | void;

const again = (strike: Strike) => Array<Strike>(RESETS).fill(strike);

/** Each strikes while a part of the articles is under way. */
const STRIKES: Strike[] = [
  ...again(({ redis }) => redis.reset()),
  ...again(({ postgres }) => postgres.reset()),
  async ({ redis, postgres }) => {
    redis.delay(30);
    postgres.delay(30);
    await pause(2_000);
    redis.resume();
    postgres.resume();
  },
  ({ redis }) => stalled(redis, REDIS_STALL_MS),
  ({ postgres }) => stalled(postgres, POSTGRES_STALL_MS),
];

async function stalled(wire: TcpProxy, ms: number) {
  wire.stall();
  await pause(ms);
  wire.resume();
}

Deno.test({
  ...onStage("connections that are cut, stalled or delayed half-way lose nothing and fail nothing"),
  async fn() {
    await using stage = await setStage();
    await using redis = startTcpProxy(stage.redis.port);
    await using postgres = startTcpProxy(stage.postgres.port);
    const env = {
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      DATABASE_URL: `postgres://postgres@127.0.0.1:${postgres.port}/postgres`,
    };
    const web = await stage.node("web", env);
    const workers = [await stage.node("worker", env), await stage.node("all", env)];
    const articles = await faultArticles(byForm({ short: 5_200, long: 26_000 }));
    for (const [i, part] of inParts(articles, STRIKES.length).entries()) {
      const importing = importAll(web, part);
      await untilAtWork(stage, ...workers);
      await pause(anyUpTo(MOMENT_MS));
      await STRIKES[i]!({ redis, postgres });
      await importing;
    }
    const over = Date.now();
    const { attempts } = await audit({
      sql: stage.database.sql,
      articles: articles.length,
      broker: stage.broker,
      withinMs: 120_000,
    });
    tell(`${STRIKES.length} disturbances; at rest ${Date.now() - over} ms after the last`);
    assert.equal(attempts, 0, "a cut connection is no article's fault");
  },
});
