/**
 * This reader's prefixes of the namespaces of feeds, by the invariant parts of their URIs. RSS and Atom count as
 * one namespace without a prefix.
 */
const VOCABULARIES: readonly (readonly [RegExp, string])[] = [
  [/^www\.w3\.org\/2005\/atom$/, ""],
  [/^purl\.org\/atom\/ns/, ""],
  [/^purl\.org\/rss\/1\.0$/, ""],
  [/^(my|channel)\.netscape\.com\/rdf\/simple\//, ""],
  [/^(backend\.userland\.com|blogs\.law\.harvard\.edu|cyber\.law\.harvard\.edu)/, ""],
  [/^(www\.)?rssboard\.org\/rss/, ""],
  [/^www\.w3\.org\/1999\/02\/22-rdf-syntax-ns$/, "rdf"],
  [/^purl\.org\/rss\/1\.0\/modules\/content$/, "content"],
  [/^purl\.org\/dc\/elements\//, "dc"],
  [/^purl\.org\/dc\/terms$/, "dcterms"],
  [/^(search\.yahoo\.com\/mrss|(www\.)?rssboard\.org\/media-rss)/, "media"],
  [/^www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/, "itunes"],
  [/^www\.w3\.org\/1999\/xhtml$/, "xhtml"],
  [/^wordpress\.org\/export\/[\d.]+\/excerpt$/, "excerpt"],
  [/^wordpress\.org\/export\//, "wp"],
];

/** The number of prefixes that are known at a time: each scope has a copy, and a feed uses a dozen. */
const MOST_DECLARED = 100;

const DECLARATION = /^xmlns(:|$)/;

/** The namespace declarations in scope of an element. */
export interface Scope {
  /** Returns an element's or attribute's name with this reader's prefix of its namespace, if any. */
  resolve(name: string): string;
  /** Returns the scope within an element with these attributes. */
  within(attributes: Record<string, string>): Scope;
}

/** The scope around a document. An undeclared prefix counts as the usual one. */
export function rootScope(): Scope {
  return scope(new Map());
}

function scope(declared: ReadonlyMap<string, string>): Scope {
  return {
    resolve(name) {
      const colon = name.indexOf(":");
      if (colon === -1 && !declared.has("")) return name;
      const prefix = colon === -1 ? "" : name.slice(0, colon);
      const local = name.slice(colon + 1);
      const known = declared.get(prefix) ?? prefix;
      return known === "" ? local : `${known}:${local}`;
    },
    within(attributes) {
      if (!hasDeclaration(attributes)) return this;
      const own = Object.entries(attributes).filter(([name]) => DECLARATION.test(name));
      const known = new Map(declared);
      for (const [name, uri] of own.slice(0, MOST_DECLARED)) {
        const prefix = name.slice(6);
        if (known.size < MOST_DECLARED) known.set(prefix, vocabulary(prefix, uri));
      }
      return scope(known);
    },
  };
}

function hasDeclaration(attributes: Record<string, string>): boolean {
  for (const name in attributes) if (DECLARATION.test(name)) return true;
  return false;
}

/** Longer addresses are of no vocabulary, and take long to match. */
const LONGEST_ADDRESS = 200;

function vocabulary(prefix: string, uri: string): string {
  if (uri.length > LONGEST_ADDRESS) return prefix;
  const bare = uri.trim().toLowerCase().replace(/^https?:\/\//, "").replace(/[/#]+$/, "");
  return VOCABULARIES.find(([pattern]) => pattern.test(bare))?.[1] ?? prefix;
}
