import { z } from "zod";
import type { FaultArticle } from "./fault_articles.ts";
import type { Millrace } from "./millrace.ts";
import { pause } from "./fault_form.ts";

const AGAIN_AFTER_MS = 200;
const PATIENCE_MS = 120_000;

const responseBody = z.object({
  data: z.object({ accepted: z.number(), duplicates: z.number() }).optional(),
});

/**
 * Imports articles like a producer that retries: when the node or one of its servers is unavailable, it sends
 * all articles again until each one has been accepted or is a duplicate.
 */
export async function importAll(node: Millrace, articles: readonly FaultArticle[]): Promise<void> {
  const body = articles.map((article) => JSON.stringify(article)).join("\n");
  for (const began = Date.now();;) {
    const taken = await tryImport(node, body);
    if (taken === articles.length) return;
    if (Date.now() - began > PATIENCE_MS) {
      throw new Error(`Cannot import: ${taken} of ${articles.length} articles were accepted`);
    }
    await pause(AGAIN_AFTER_MS);
  }
}

/** The number of articles of the import that the database contains. */
async function tryImport(node: Millrace, body: string): Promise<number> {
  try {
    const response = await node.fetch("/api/articles/import", {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body,
    });
    const { data } = responseBody.parse(await response.json());
    return response.ok && data !== undefined ? data.accepted + data.duplicates : 0;
  } catch (error) {
    // The node was killed, or is still restarting.
    if (error instanceof TypeError || error instanceof SyntaxError) return 0;
    throw error;
  }
}
