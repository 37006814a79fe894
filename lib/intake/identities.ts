import { createRecentMap } from "../runtime/recent_map.ts";
import type { IncomingArticle } from "./incoming_article.ts";
import { createKeptBack, type KeptBack } from "./kept_back.ts";
import { textSource } from "./text_source.ts";

/** The number of an import's latest sources kept in memory, at least. */
const REMEMBERED = 25_000;

/** The source under which an article is stored. */
export interface Identity {
  source: string;
  /** All of its sources that identify an article, including that of its text. */
  sources: string[];
  /** Its other sources: those that several articles share. */
  shared: string[];
  /** The hash of its title and content. */
  textHash: string;
}

/** A source that does not identify articles; `isEarlier` if that was known before the import. */
export interface SharedSource {
  source: string;
  isEarlier: boolean;
}

/** The mapping of sources to texts within one import. */
export interface Identities {
  /** Adds sources that are known not to identify articles. */
  share(sources: Iterable<string>): void;
  /**
   * Returns the identities of a chunk's articles: the first source without another text in the import, else
   * that of the text. `shared` are the sources that this chunk disproves, and the known ones that it uses first.
   */
  identify(
    articles: readonly IncomingArticle[],
  ): { identities: Identity[]; shared: SharedSource[] };
  /** Articles that are stored after all if the source that they share with a stored one is disproved later. */
  keptBack: KeptBack;
  /** Counts the import's articles; returns how many there were before these. */
  count(articles: number): number;
}

/** `fileName` is the name of the articles' file, if any. */
export function createIdentities(fileName = ""): Identities {
  /** The text of each source. */
  const texts = createRecentMap<string, string>(REMEMBERED);
  const shared = new Set<string>();
  /** Known shared sources that no article has used yet. */
  const unmet = new Set<string>();
  let counted = 0;

  function claim(source: string, text: string): boolean {
    if (shared.has(source)) {
      unmet.delete(source);
      return false;
    }
    const known = texts.get(source);
    if (known !== undefined && known !== text) {
      shared.add(source);
      return false;
    }
    texts.set(source, text);
    return true;
  }

  return {
    keptBack: createKeptBack(),
    count(articles) {
      counted += articles;
      return counted - articles;
    },
    share(sources) {
      for (const source of sources) {
        if (!shared.has(source)) unmet.add(source);
        shared.add(source);
      }
    },
    identify(articles) {
      const before = new Set(shared);
      const unmetBefore = new Set(unmet);
      const claimed = articles.map((article) => {
        const textHash = textSource(article);
        const isUnnamed = fileName === "" || article.sources.length > 0;
        const own = isUnnamed ? textHash : textSource(article, fileName);
        const source = article.sources.find((each) => claim(each, own)) ?? own;
        return { source, own, sources: [...article.sources, own], textHash };
      });
      // A source may turn out to be shared after an earlier article of the chunk used it.
      const identities = claimed.map(({ source, own, sources, textHash }) => ({
        source: shared.has(source) ? own : source,
        sources: sources.filter((each) => !shared.has(each)),
        shared: sources.filter((each) => shared.has(each)),
        textHash,
      }));
      const disproved = [...shared].filter((source) => !before.has(source));
      const met = [...unmetBefore].filter((source) => !unmet.has(source));
      return {
        identities,
        shared: [
          ...disproved.map((source) => ({ source, isEarlier: false })),
          ...met.map((source) => ({ source, isEarlier: true })),
        ],
      };
    },
  };
}
