interface Text {
  title: string;
  content: string;
}

/** The articles of `data/sample.jsonl` that are articles. */
export function sampleArticles(): Text[] {
  return parseLines(Deno.readTextFileSync(new URL("../../data/sample.jsonl", import.meta.url)));
}

/** The articles of the corpus that may lie beside the project, or null where there is none. */
export function corpusArticles(): Text[] | null {
  const file = new URL("../../../shared/corpus/classics.jsonl", import.meta.url);
  try {
    return parseLines(Deno.readTextFileSync(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function parseLines(lines: string): Text[] {
  return lines.split("\n").flatMap((line) => {
    try {
      const { title, content } = JSON.parse(line);
      return typeof title === "string" && typeof content === "string" ? [{ title, content }] : [];
    } catch {
      return []; // the sample has a broken line on purpose
    }
  });
}
