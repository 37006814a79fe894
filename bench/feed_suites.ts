// Parses the feeds in other readers' test suites, and compares the results with their expectations. The
// suites are public but not part of this project; clone them and pass their folders:
//
//   git clone https://github.com/mmcdole/gofeed
//   git clone https://github.com/rbren/rss-parser
//   git clone https://github.com/macieklamberski/feedsmith
//   git clone https://github.com/kurtmckee/feedparser
//   git clone https://github.com/simplepie/simplepie
//   deno task bench feed_suites gofeed rss-parser feedsmith feedparser simplepie
//
// Titles and texts are compared as another HTML parser shows them, without white space. An expectation with
// replacement characters is an error of the suite, and is counted separately.

import { DomUtils, parseDocument } from "htmlparser2";
import { readContent } from "../lib/article/content.ts";
import { tidyTitle } from "../lib/article/title.ts";
import { expected } from "../lib/intake/format_name.ts";
import type { IncomingArticle } from "../lib/intake/incoming_article.ts";
import { readInput } from "../lib/intake/read_input.ts";
import { type ExpectedItem, SUITES } from "./support/feed_suite_readers.ts";
import { figure, print, printTable, writeResults } from "./support/report.ts";

/** The number of met expectations, and of all. */
interface Tally {
  met: number;
  all: number;
}

interface Row {
  suite: string;
  feeds: number;
  items: number;
  taken: number;
  /** Items without title, text and link. */
  refused: number;
  damaged: number;
  titles: Tally;
  texts: Tally;
  links: Tally;
  times: Tally;
}

if (Deno.args.length === 0) {
  print("Not run: it takes the folders of public suites (see bench/feed_suites.ts)\n");
} else {
  const rows: Row[] = [];
  for (const folder of Deno.args) rows.push(await compare(folder.replace(/\/$/, "")));
  const share = ({ met, all }: Tally) => `${figure(met)} of ${figure(all)}`;
  printTable("Items of other readers' suites", rows, {
    suite: ({ suite }) => suite,
    feeds: ({ feeds }) => figure(feeds),
    items: ({ items }) => figure(items),
    taken: ({ taken }) => figure(taken),
    "refused, being empty": ({ refused }) => figure(refused),
    "titles equal": ({ titles }) => share(titles),
    "texts equal": ({ texts }) => share(texts),
    "links equal": ({ links }) => share(links),
    "times equal": ({ times }) => share(times),
    "expectations damaged": ({ damaged }) => figure(damaged),
  });
  await writeResults("feed_suites", { rows });
}

async function compare(folder: string): Promise<Row> {
  const name = Object.keys(SUITES).find((each) => folder.endsWith(each));
  if (name === undefined) {
    throw new Error(`${folder} is not one of ${Object.keys(SUITES).join(", ")}`);
  }
  const none = () => ({ met: 0, all: 0 });
  const row: Row = {
    suite: name,
    ...{ feeds: 0, items: 0, taken: 0, refused: 0, damaged: 0 },
    ...{ titles: none(), texts: none(), links: none(), times: none() },
  };
  for (const { items, ...feed } of SUITES[name]!(folder)) {
    const { articles, refused } = await read(feed);
    row.feeds++;
    row.items += items.length;
    row.taken += articles.length;
    row.refused += refused;
    const filled = items.length === articles.length
      ? items
      : items.filter(({ title, content, link }) => title ?? content ?? link);
    for (const [n, item] of filled.entries()) count(row, item, articles[n]);
  }
  return row;
}

function count(row: Row, item: ExpectedItem, article: IncomingArticle | undefined) {
  if (`${item.title}${item.content}`.includes("\uFFFD")) {
    row.damaged++;
    return;
  }
  tally(row.titles, item.title, (title) => shown(title) === bare(tidyTitle(article?.title ?? "")));
  tally(
    row.texts,
    item.content,
    (content) => article !== undefined && shown(content) === textOf(article),
  );
  tally(row.links, item.link, (link) => URL.parse(link, article?.url ?? "")?.href === article?.url);
  tally(row.times, item.time, (time) => Date.parse(time) === Date.parse(article?.published ?? ""));
}

function tally(counts: Tally, wanted: string | undefined, isMet: (wanted: string) => boolean) {
  if (wanted === undefined) return;
  counts.all++;
  if (isMet(wanted)) counts.met++;
}

async function read(
  feed: { path: string } | { text: string },
): Promise<{ articles: IncomingArticle[]; refused: number }> {
  const body = "path" in feed
    ? (await Deno.open(feed.path)).readable
    : new Blob([feed.text]).stream();
  const fileName = "path" in feed ? feed.path.slice(feed.path.lastIndexOf("/") + 1) : "feed.xml";
  const articles: IncomingArticle[] = [];
  let refused = 0;
  for await (const some of readInput(body, expected({ fileName }))) {
    for (const parsed of some) {
      if (parsed.kind === "article") articles.push(parsed.article);
      else if (parsed.kind === "rejected" && /no title/.test(parsed.error)) refused++;
    }
  }
  return { articles, refused };
}

function textOf(article: IncomingArticle): string {
  const { title, content, contentKind } = article;
  return bare(readContent({ title, content, contentKind }).map(({ text }) => text).join(""));
}

/** Returns the text that a browser displays for HTML, with another parser. */
function shown(html: string): string {
  return bare(DomUtils.innerText(parseDocument(html).children));
}

function bare(text: string): string {
  return text.replace(/\s+/g, "");
}
