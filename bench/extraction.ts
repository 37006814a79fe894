// Accuracy and speed of article extraction compared with @mozilla/readability on linkedom. The pages are
// public but not part of this project; clone them and pass their folders:
//
//   git clone https://github.com/mozilla/readability && git clone https://github.com/adbar/trafilatura
//   deno task bench extraction readability/test/test-pages trafilatura/tests
//
// Each folder of the first has a page and the article that readability extracts from it; the unit is a word
// or a Han character. The second lists segments that an article must and must not contain.

import { countSegments, countWords, scorePages, textOf } from "./support/extraction_scores.ts";
import { readArticlePages, readSegmentPages } from "./support/page_collections.ts";
import { print, writeResults } from "./support/report.ts";

const [articlesFolder, segmentsFolder] = Deno.args;
if (articlesFolder === undefined || segmentsFolder === undefined) {
  print("Not run: it takes the folders of two public collections (see bench/extraction.ts)\n");
} else {
  const articlePages = readArticlePages(articlesFolder).map(({ html, expected }) => ({
    html,
    count: (text: string) => countWords(text, textOf(expected, true)),
  }));
  const segmentPages = readSegmentPages(segmentsFolder).map(({ html, wanted, unwanted }) => ({
    html,
    count: (text: string) => countSegments(text, wanted, unwanted),
  }));
  await writeResults("extraction", {
    articles: await scorePages(`Words of ${articlePages.length} pages' articles`, articlePages),
    segments: await scorePages(`Segments of ${segmentPages.length} pages' articles`, segmentPages),
  });
}
