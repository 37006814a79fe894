import { addressOf } from "../record_values.ts";

/** The feed's metadata before its items, as far as items need it. */
export interface FeedHead {
  /** The feed's identifier, which makes its entries' ids unique; null if none. */
  identity(): string | null;
  /** The base of relative URLs. */
  base(): string | null;
  /** The author of entries without one (RFC 4287). */
  author(): string | null;
  language(): string | null;
  /** The entities declared in its document type. */
  entities: ReadonlyMap<string, string>;
  /** Called at the start of an element of the feed itself; the first non-empty one of each name counts. */
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  declare(doctype: string): void;
}

/** The limit of entity expansion, against attacks. */
const MOST_ENTITIES = 1_000;
const LONGEST_ENTITY = 1_000;

const ENTITY = /ENTITY\s+([\w.-]+)\s+(["'])(.*?)\2/gs;

/** `given`: the URL of the feed, if known. */
export function feedHead(given: string | null): FeedHead {
  const texts = new Map<string, string>();
  const entities = new Map<string, string>();
  let base: string | null = null;
  let language: string | null = null;
  let site: string | null = null;
  let self: string | null = null;
  let reading: string | null = null;
  let isInAuthor = false;

  /** The latest base URL and its link; every item needs it. */
  let known: { link: string | null; url: string | null } = { link: null, url: null };

  function urlOf(link: string | null): string | null {
    if (known.link !== link) known = { link, url: addressOf(link) ?? null };
    return known.url;
  }

  const trimmed = (name: string) => texts.get(name)?.trim() || null;
  const link = () => site ?? trimmed("link");
  return {
    identity: () => trimmed("id") ?? link() ?? self ?? given ?? trimmed("title"),
    base: () => base ?? given ?? urlOf(link()) ?? addressOf(self) ?? null,
    author: () => trimmed("author.name") ?? trimmed("itunes:author"),
    language: () => trimmed("language") ?? trimmed("dc:language") ?? language,
    entities,
    open(given, attributes) {
      const name = isInAuthor && given === "name" ? "author.name" : given;
      isInAuthor = given === "author" || isInAuthor && ["name", "uri", "email"].includes(given);
      reading = trimmed(name) === null ? name : null;
      base ??= addressOf(attributes["xml:base"] ?? null) ?? null;
      language ??= attributes["xml:lang"] ?? null;
      // A channel in CDF has its link itself.
      if (name !== "link" && name !== "channel" || attributes.href === undefined) return;
      if (attributes.rel === "self") self ??= attributes.href;
      else if ((attributes.rel ?? "alternate") === "alternate") site ??= attributes.href;
    },
    text(text) {
      if (reading === null) return;
      texts.set(reading, (texts.get(reading) ?? "").slice(0, LONGEST_ENTITY) + text);
    },
    declare(doctype) {
      for (const [, name = "", , value = ""] of doctype.matchAll(ENTITY)) {
        if (entities.size < MOST_ENTITIES && value.length <= LONGEST_ENTITY) {
          entities.set(name, value);
        }
      }
    },
  };
}
