/** A suite's expectations of an item; undefined if there is none. */
export interface ExpectedItem {
  title?: string | undefined;
  content?: string | undefined;
  link?: string | undefined;
  /** Any format that `Date.parse` accepts. */
  time?: string | undefined;
}

/** A feed of a suite, as a file or a text, and the expectations of its items, in order. */
export type SuiteFeed = ({ path: string } | { text: string }) & { items: ExpectedItem[] };

/** Reads a checkout of a feed reader's tests. */
export type ReadSuite = (folder: string) => Generator<SuiteFeed>;

/** The suites by the names of their repositories. */
export const SUITES: Readonly<Record<string, ReadSuite>> = {
  *gofeed(folder) {
    for (const path of jsonFiles(`${folder}/testdata`)) {
      const { items, entries } = readObject(path);
      yield { path: path.replace(/json$/, "xml"), items: list(items ?? entries).map(gofeedItem) };
    }
  },
  *"rss-parser"(folder) {
    const inputs = [...Deno.readDirSync(`${folder}/test/input`)].map(({ name }) => name);
    for (const path of jsonFiles(`${folder}/test/output`)) {
      const base = path.slice(path.lastIndexOf("/") + 1, -".json".length);
      const input = inputs.find((name) => name.replace(/\.\w+$/, "") === base);
      const { feed } = readObject(path);
      yield {
        path: `${folder}/test/input/${input}`,
        items: list(object(feed).items).map((item) => ({
          title: text(item.title),
          content: text(item["content:encoded"]) ?? text(item.content) ?? text(item.summary),
          link: text(item.link),
          time: text(item.isoDate),
        })),
      };
    }
  },
  *feedsmith(folder) {
    for (const path of jsonFiles(`${folder}/src/feeds`)) {
      if (!path.includes("/references/")) continue;
      const { items, entries } = readObject(path);
      yield {
        path: path.replace(/json$/, "xml"),
        items: list(items ?? entries).map((item) => ({
          title: text(item.title),
          content: text(object(item.content).encoded) ?? text(item.content) ??
            text(item.description) ?? text(item.summary),
          link: text(item.link) ?? linkOf(item.links),
          time: text(item.pubDate) ?? text(item.published),
        })),
      };
    }
  },
  // Each feed has one assertion in a comment; those about a title or a text are used.
  *feedparser(folder) {
    for (const path of files(`${folder}/tests/wellformed`, ".xml")) {
      const [, name = "", literal = ""] = EXPRESSION.exec(Deno.readTextFileSync(path)) ?? [];
      const value = readLiteral(literal);
      if (value === null) continue;
      yield { path, items: [name.startsWith("title") ? { title: value } : { content: value }] };
    }
  },
  // The feeds are texts in a test of items, each with the expected value of one field.
  *simplepie(folder) {
    const tests = Deno.readTextFileSync(`${folder}/tests/Unit/ItemTest.php`);
    for (const part of tests.split(/(?=function \w+\()/)) {
      const [, name = ""] = /^function get(Title|Content|Description|Permalink)Data/.exec(part) ??
        [];
      for (const [, , text = "", literal = ""] of name === "" ? [] : part.matchAll(CASE)) {
        const field = ({ Title: "title", Permalink: "link" } as const)[name] ?? "content";
        yield { text, items: [{ [field]: readLiteral(literal) ?? undefined }] };
      }
    }
  },
};

/** A text of PHP and the literal after it; nothing for `null`. */
const CASE = /<<<\s*'?(\w+)'?\n([\s\S]*?)\n\s*\1\s*,\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")?/g;

const EXPRESSION =
  /Expect:[^\n]*entries\[0\]\['(title|title_detail|content|description|summary|summary_detail)'\](?:\[0\])?(?:\['value'\])? == u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*\n/;

/** Returns the text of a Python string literal, or null. */
function readLiteral(literal: string): string | null {
  if (literal === "") return null;
  const inner = literal.slice(1, -1);
  return inner.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|(.))/gi, (_, wide, narrow, other) => {
    const code = wide ?? narrow;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return ({ n: "\n", r: "\r", t: "\t" } as Record<string, string>)[other] ?? other;
  });
}

function* files(folder: string, ending: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* files(`${folder}/${name}`, ending);
    else if (name.endsWith(ending)) yield `${folder}/${name}`;
  }
}

type JsonObject = Record<string, unknown>;

function gofeedItem(item: JsonObject): ExpectedItem {
  return {
    title: text(item.title),
    content: text(item.content) ?? text(item.description) ?? text(item.summary),
    link: text(item.link) ?? linkOf(item.links),
    time: text(item.publishedParsed) ?? text(item.pubDateParsed),
  };
}

function linkOf(links: unknown): string | undefined {
  const link = list(links).find(({ rel }) =>
    rel === undefined || rel === "" || rel === "alternate"
  );
  return text(link?.href);
}

/** Returns a text, or the text in an object's value. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== ""
    ? value
    : value === object(value)
    ? text(object(value).value)
    : undefined;
}

function object(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? value as JsonObject : {};
}

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function readObject(path: string): JsonObject {
  return object(JSON.parse(Deno.readTextFileSync(path)));
}

/** Finds the expectations under a folder, next to a feed or in a separate folder. */
function* jsonFiles(folder: string): Generator<string> {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  const names = new Set(entries.map(({ name }) => name));
  for (const { name, isDirectory } of entries) {
    if (isDirectory) yield* jsonFiles(`${folder}/${name}`);
    else if (name.endsWith(".json")) {
      const isPair = names.has(name.replace(/json$/, "xml")) || folder.endsWith("/output");
      if (isPair) yield `${folder}/${name}`;
    }
  }
}
