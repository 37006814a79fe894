import { CORPUS } from "../support/corpus.ts";

interface Text {
  title: string;
  content: string;
}

/** The valid articles of `data/sample.jsonl`. */
export function sampleArticles(): Text[] {
  return parseLines(Deno.readTextFileSync(new URL("../../data/sample.jsonl", import.meta.url)));
}

/** The articles of the corpus, or null if there is none. */
export function corpusArticles(): Text[] | null {
  return CORPUS === null ? null : parseLines(Deno.readTextFileSync(CORPUS));
}

function parseLines(lines: string): Text[] {
  return lines.split("\n").flatMap((line) => {
    try {
      const { title, content } = JSON.parse(line);
      return typeof title === "string" && typeof content === "string" ? [{ title, content }] : [];
    } catch {
      return []; // the sample contains a malformed line on purpose
    }
  });
}
