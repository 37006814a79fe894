import { audit } from "../support/audit.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, tell } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { heldBy, onStage, setStage, type Stage, untilAtWork } from "../support/stage.ts";

const KILLS = byForm({ short: 4, long: 30 });
const ARTICLES = byForm({ short: 2_000, long: 30_000 });
/** A burst of articles is through in about this time. */
const MOMENT_MS = 60;

/** Kills the first node that holds articles, at a random moment; it then held as many as is answered. */
async function killAtWork(stage: Stage, ...nodes: Millrace[]) {
  const killed = await untilAtWork(stage, ...nodes);
  await pause(anyUpTo(MOMENT_MS));
  await killed.kill();
  return { killed, held: await heldBy(stage, killed) };
}

Deno.test({
  ...onStage("nodes are killed at random moments while two others run, and nothing is lost"),
  async fn() {
    await using stage = await setStage();
    const web = await stage.node("web");
    const workers = await Promise.all([1, 2, 3].map(() => stage.node("worker")));
    const articles = await faultArticles(ARTICLES);
    const held: number[] = [];
    for (const part of inParts(articles, KILLS)) {
      const importing = importAll(web, part);
      const victim = await killAtWork(stage, ...workers);
      held.push(victim.held);
      await victim.killed.start();
      await importing;
    }
    const began = Date.now();
    await audit({
      sql: stage.database.sql,
      articles: articles.length,
      broker: stage.broker,
    });
    tell(`${KILLS} kills of one node in three, which then held ${held.join(", ")} articles;`);
    tell(`${articles.length} articles; at rest ${Date.now() - began} ms after the last restart`);
  },
});

Deno.test({
  ...onStage("a node alone is killed again and again, restarted, and nothing is lost"),
  async fn() {
    await using stage = await setStage();
    const node = await stage.node("all");
    const articles = await faultArticles(ARTICLES);
    const held: number[] = [];
    for (const part of inParts(articles, KILLS)) {
      const importing = importAll(node, part);
      held.push((await killAtWork(stage, node)).held);
      await node.start();
      await importing;
    }
    await audit({ sql: stage.database.sql, articles: articles.length, broker: stage.broker });
    tell(`${KILLS} kills of the only node, which then held ${held.join(", ")} articles`);
  },
});
