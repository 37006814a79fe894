import { z } from "zod";
import type { FaultArticle } from "./fault_articles.ts";
import type { Millrace } from "./millrace.ts";
import { pause } from "./fault_form.ts";

const AGAIN_AFTER_MS = 200;
const PATIENCE_MS = 120_000;

const answer = z.object({
  data: z.object({ accepted: z.number(), duplicates: z.number() }).optional(),
});

/**
 * Imports articles as a stubborn producer does: when the node, or what it needs, is away, all are
 * handed over again until each has been accepted once or is known already.
 */
export async function importAll(node: Millrace, articles: readonly FaultArticle[]): Promise<void> {
  const body = articles.map((article) => JSON.stringify(article)).join("\n");
  for (const began = Date.now();;) {
    const taken = await tryImport(node, body);
    if (taken === articles.length) return;
    if (Date.now() - began > PATIENCE_MS) {
      throw new Error(`Cannot import: ${taken} of ${articles.length} articles were taken`);
    }
    await pause(AGAIN_AFTER_MS);
  }
}

/** How many articles of the import are in the database now. */
async function tryImport(node: Millrace, body: string): Promise<number> {
  try {
    const response = await node.fetch("/api/articles/import", {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body,
    });
    const { data } = answer.parse(await response.json());
    return response.ok && data !== undefined ? data.accepted + data.duplicates : 0;
  } catch (error) {
    // A node that was killed, or has yet to come back.
    if (error instanceof TypeError || error instanceof SyntaxError) return 0;
    throw error;
  }
}
