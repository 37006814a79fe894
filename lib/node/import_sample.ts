import { hasArticles } from "../database/list_articles.ts";
import type { Node } from "./node.ts";
import { acceptArticles } from "../intake/accept.ts";
import { expected } from "../intake/format_name.ts";
import { importArticles } from "../intake/import_articles.ts";
import { readInput } from "../intake/read_input.ts";

/** The sample articles that ship with Millrace. */
const SAMPLE = new URL("../../data/sample.jsonl", import.meta.url);

/** Imports the sample; existing articles count as duplicates. */
export async function importSample(node: Node) {
  const file = await Deno.open(SAMPLE);
  const articles = readInput(file.readable, expected({ fileName: "sample.jsonl" }));
  return await importArticles(articles, (chunk) => acceptArticles(node, chunk));
}

/** Imports the sample into an empty database. */
export async function importSampleOnce(node: Node): Promise<void> {
  if (await hasArticles(node.database.sql)) return;
  const { accepted } = await importSample(node);
  node.logger.info("Imported {accepted} sample articles; set SAMPLE=off to skip them.", {
    accepted,
  });
}
