import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, tell } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { onStage, setStage, type Stage, untilAtWork } from "../support/stage.ts";

const OUTAGES_MS = byForm({ short: [0, 2_000], long: [0, 2_000, 20_000] });
const ARTICLES = byForm({ short: 2_000, long: 12_000 });
/** A burst of articles is through in about this time. */
const MOMENT_MS = 100;
/** An outage of this length is noticed by everybody. */
const NOTICEABLE_MS = 2_000;

interface Server {
  name: string;
  /** What `/readyz` calls it. */
  part: string;
  kill: (stage: Stage) => Promise<void>;
  revive: (stage: Stage) => Promise<void>;
}

const SERVERS: Server[] = [
  {
    name: "Redis, which keeps its data,",
    part: "the broker",
    kill: ({ redis }) => redis.kill(),
    revive: ({ redis }) => redis.restart(),
  },
  {
    name: "Redis, which loses its data,",
    part: "the broker",
    kill: ({ redis }) => redis.kill(),
    async revive({ redis }) {
      await redis.loseData();
      await redis.restart();
    },
  },
  {
    name: "Postgres",
    part: "the database",
    kill: ({ postgres }) => postgres.kill(),
    revive: ({ postgres }) => postgres.start(),
  },
];

async function assertReadiness(node: Millrace, missing: string | null) {
  await eventually(async () => {
    const response = await node.fetch("/readyz");
    const { message = "" } = await response.json();
    assert.equal(response.status, missing === null ? 200 : 503, message);
    if (missing !== null) assert.match(message, new RegExp(missing));
  });
}

for (const server of SERVERS) {
  Deno.test({
    ...onStage(`${server.name} is killed while articles come in, and nothing is lost or failed`),
    async fn() {
      await using stage = await setStage();
      const web = await stage.node("web");
      const workers = await Promise.all([stage.node("worker"), stage.node("all")]);
      const articles = await faultArticles(ARTICLES);
      for (const [i, part] of inParts(articles, OUTAGES_MS.length).entries()) {
        const outageMs = OUTAGES_MS[i]!;
        const importing = importAll(web, part);
        await untilAtWork(stage, ...workers);
        await pause(anyUpTo(MOMENT_MS));
        await server.kill(stage);
        if (outageMs >= NOTICEABLE_MS) await assertReadiness(web, server.part);
        await pause(outageMs);
        await server.revive(stage);
        const back = Date.now();
        await assertReadiness(web, null);
        await importing;
        tell(
          `away for ${outageMs / 1_000} s: all taken in ${Date.now() - back} ms after its return`,
        );
      }
      const { attempts } = await audit({
        sql: stage.database.sql,
        articles: articles.length,
        broker: stage.broker,
      });
      assert.equal(attempts, 0, "an outage is no article's fault");
    },
  });
}
