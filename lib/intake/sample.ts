import { hasArticles } from "../database/intake.ts";
import type { Node } from "../runtime/node.ts";
import { acceptArticles } from "./accept.ts";
import { importArticles } from "./import.ts";
import { parseNdjson } from "./ndjson.ts";

/** The articles that come with Millrace, to see the stream move. */
const SAMPLE = new URL("../../data/sample.jsonl", import.meta.url);

/** Imports the sample; what is there already counts as duplicate. */
export async function importSample(node: Node) {
  const file = await Deno.open(SAMPLE);
  return await importArticles(parseNdjson(file.readable), (chunk) => acceptArticles(node, chunk));
}

/** Imports the sample into a database that has no article yet. */
export async function importSampleOnce(node: Node): Promise<void> {
  if (await hasArticles(node.database.sql)) return;
  const { accepted } = await importSample(node);
  node.logger.info("Imported {accepted} sample articles; SAMPLE=off leaves them out.", {
    accepted,
  });
}
