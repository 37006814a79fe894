import type { Database } from "../database/connect.ts";
import type { Queue } from "../queue/queue.ts";
import { sleep } from "../runtime/sleep.ts";

/** How long a part may take to answer before it counts as away. */
const PATIENCE_MS = 2_000;

/** What a node needs in order to work, and whether each is there. */
export interface Readiness {
  /** The parts that are away, as words for a sentence. */
  missing: string[];
  parts: { broker: "ready" | "away"; database: "ready" | "away" };
}

/** Asks the broker and the database, together, for a sign of life. */
export async function readiness(node: { database: Database; queue: Queue }): Promise<Readiness> {
  const [broker, database] = await Promise.all([
    answers(node.queue.counts()),
    answers(node.database.ping()),
  ]);
  const parts = { broker: word(broker), database: word(database) };
  const missing = [...(broker ? [] : ["the broker"]), ...(database ? [] : ["the database"])];
  return { missing, parts };
}

async function answers(question: Promise<unknown>): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(PATIENCE_MS, patience.signal).then(() => false);
  try {
    return await Promise.race([question.then(() => true, () => false), late]);
  } finally {
    patience.abort();
  }
}

function word(there: boolean): "ready" | "away" {
  return there ? "ready" : "away";
}
