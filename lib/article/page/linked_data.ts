/** Article metadata from a page's linked data (schema.org as JSON-LD). */
export interface LinkedData {
  title: string | null;
  author: string | null;
  published: string | null;
  site: string | null;
  /** The article's text. */
  body: string | null;
}

const ARTICLE = /article|posting|report|webpage$/i;
const MOST_NODES = 500;

type Node = Record<string, unknown>;

/** Reads the blocks of linked data; skips invalid JSON. */
export function readLinkedData(blocks: readonly string[]): LinkedData {
  const nodes = blocks.flatMap((block) => nodesOf(parse(block)));
  const articles = nodes.filter((node) => typesOf(node).some((type) => ARTICLE.test(type)))
    .sort((a, b) => Number(isPage(a)) - Number(isPage(b)));
  const first = <T>(read: (node: Node) => T | null) =>
    articles.map(read).find((value) => value !== null) ?? null;
  return {
    title: first((node) => textOf(node.headline) ?? textOf(node.name)),
    author: first((node) => namesOf(node.author)),
    published: first((node) => textOf(node.datePublished)),
    site: first((node) => namesOf(node.publisher)),
    body: first((node) => textOf(node.articleBody) ?? textOf(node.text)),
  };
}

function parse(block: string): unknown {
  try {
    return JSON.parse(block.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[)|(?:-->|\/\/\]\]>)\s*$/g, ""));
  } catch {
    return null; // invalid JSON is common; the page has its title elsewhere
  }
}

function nodesOf(value: unknown): Node[] {
  const nodes: Node[] = [];
  const queue: unknown[] = [value];
  for (let at = 0; at < queue.length && nodes.length < MOST_NODES; at++) {
    const one = queue[at];
    if (Array.isArray(one)) queue.push(...one.slice(0, MOST_NODES));
    else if (isNode(one)) {
      nodes.push(one);
      queue.push(one["@graph"], one.mainEntity);
    }
  }
  return nodes;
}

function typesOf(node: Node): string[] {
  const type = node["@type"];
  return (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string");
}

function isPage(node: Node): boolean {
  return typesOf(node).every((type) => /webpage$/i.test(type));
}

function namesOf(value: unknown): string | null {
  const names = (Array.isArray(value) ? value : [value])
    .map((one) => isNode(one) ? textOf(one.name) : textOf(one)).filter((name) => name !== null);
  return names.length > 0 ? names.join(", ") : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
