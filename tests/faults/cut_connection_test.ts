import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, tell } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { onStage, setStage } from "../support/stage.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp_proxy.ts";

/** Longer than the nodes wait for an answer of Redis. */
const REDIS_STALL_MS = 6_000;
/** In the long form longer than they wait for one of Postgres. */
const POSTGRES_STALL_MS = byForm({ short: 3_000, long: 45_000 });
const RESETS = byForm({ short: 5, long: 30 });

type Disturb = (wires: { redis: TcpProxy; postgres: TcpProxy }) => Promise<void>;

async function stalled(wire: TcpProxy, ms: number) {
  wire.stall();
  await pause(ms);
  wire.resume();
}

async function delayed(wire: TcpProxy, ms: number) {
  wire.delay(ms);
  await pause(2_000);
  wire.resume();
}

async function resetOften(wire: TcpProxy) {
  for (let i = 0; i < RESETS; i++) {
    await pause(anyUpTo(200));
    wire.reset();
  }
}

const DISTURBANCES: Record<string, Disturb> = {
  "Redis reset again and again": ({ redis }) => resetOften(redis),
  "Postgres reset again and again": ({ postgres }) => resetOften(postgres),
  "both late": async ({ redis, postgres }) => {
    await Promise.all([delayed(redis, 30), delayed(postgres, 30)]);
  },
  "Redis silent": ({ redis }) => stalled(redis, REDIS_STALL_MS),
  "Postgres silent": ({ postgres }) => stalled(postgres, POSTGRES_STALL_MS),
};

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
    await stage.node("worker", env);
    await stage.node("all", env);
    const articles = await faultArticles(byForm({ short: 2_500, long: 15_000 }));
    const parts = inParts(articles, Object.keys(DISTURBANCES).length);
    for (const [i, [name, disturb]] of Object.entries(DISTURBANCES).entries()) {
      const importing = importAll(web, parts[i]!);
      await pause(anyUpTo(100));
      await disturb({ redis, postgres });
      const over = Date.now();
      await importing;
      tell(`${name}: all taken in ${Date.now() - over} ms after it was over`);
    }
    const { attempts } = await audit({
      sql: stage.database.sql,
      articles: articles.length,
      broker: stage.broker,
      withinMs: 120_000,
    });
    assert.equal(attempts, 0, "a cut connection is no article's fault");
  },
});
