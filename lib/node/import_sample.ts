import { hasArticles } from "../database/list_articles.ts";
import type { Node } from "./node.ts";
import { acceptArticles } from "../intake/accept.ts";
import { importArticles } from "../intake/import_articles.ts";
import { parseJson } from "../intake/json/json.ts";

/** The sample articles that ship with Millrace. */
const SAMPLE = new URL("../../data/sample.jsonl", import.meta.url);

/** Imports the sample; existing articles count as duplicates. */
export async function importSample(node: Node) {
  const file = await Deno.open(SAMPLE);
  return await importArticles(parseJson(file.readable), (chunk) => acceptArticles(node, chunk));
}

/** Imports the sample into an empty database. */
export async function importSampleOnce(node: Node): Promise<void> {
  if (await hasArticles(node.database.sql)) return;
  const { accepted } = await importSample(node);
  node.logger.info("Imported {accepted} sample articles; set SAMPLE=off to skip them.", {
    accepted,
  });
}
