import type { Database } from "../database/connect.ts";
import type { Queue } from "../queue/queue.ts";
import type { Outages } from "../runtime/outages.ts";
import { sleep } from "../runtime/sleep.ts";

/** The timeout after which a server counts as down. */
const PATIENCE_MS = 2_000;

/** The readiness of each server that a node depends on. */
export interface Readiness {
  /** The servers that are down, as words for a sentence. */
  missing: string[];
  parts: { broker: "ready" | "away"; database: "ready" | "away" };
}

/**
 * Pings the broker and the database, and includes outages that this node observed: a server may accept
 * a ping and refuse to store an article.
 */
export async function readiness(
  node: { database: Database; queue: Queue; outages: Outages },
): Promise<Readiness> {
  const [brokerResponds, databaseResponds] = await Promise.all([
    responds(node.queue.ping()),
    responds(node.database.ping()),
  ]);
  const away = new Set(node.outages.away().map(({ server }) => server));
  const broker = brokerResponds && !away.has("broker");
  const database = databaseResponds && !away.has("database");
  const missing = [...(broker ? [] : ["the broker"]), ...(database ? [] : ["the database"])];
  return { missing, parts: { broker: word(broker), database: word(database) } };
}

async function responds(ping: Promise<void>): Promise<boolean> {
  const patience = new AbortController();
  const late = sleep(PATIENCE_MS, patience.signal).then(() => false);
  try {
    return await Promise.race([ping.then(() => true, () => false), late]);
  } finally {
    patience.abort();
  }
}

function word(isThere: boolean): "ready" | "away" {
  return isThere ? "ready" : "away";
}
