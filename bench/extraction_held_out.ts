// Accuracy of article extraction on pages that it was not tuned on, compared with @mozilla/readability on
// linkedom. The pages are public but not part of this project; clone them and pass the folder:
//
//   git clone https://github.com/scrapinghub/article-extraction-benchmark
//   deno task bench extraction_held_out article-extraction-benchmark
//
// The unit is a word or a Han character of the article's body, as labeled by people.

import { countWords, scorePages } from "./support/extraction_scores.ts";
import { readBodyPages } from "./support/page_collections.ts";
import { print, writeResults } from "./support/report.ts";

const [folder] = Deno.args;
if (folder === undefined) {
  print("Not run: it takes the folder of a public collection (see bench/extraction_held_out.ts)\n");
} else {
  const pages = readBodyPages(folder).map(({ html, body }) => ({
    html,
    count: (text: string) => countWords(text, body),
  }));
  const bodies = await scorePages(`Words of ${pages.length} pages' articles`, pages);
  await writeResults("extraction_held_out", { bodies });
}
