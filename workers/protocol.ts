import type { ArticleSettings, RawArticle } from "../lib/article/article.ts";
import type { Outcome } from "../lib/article/outcome.ts";

/** What came of the articles of a batch, and how long the two stages took. */
export interface Computed {
  /** One for each article, in their order. */
  outcomes: Outcome[];
  cleanMs: number;
  annotateMs: number;
}

/** Articles to be computed in one go. */
export interface BatchMessage {
  type: "batch";
  /** Numbered by the sender; the answer bears the same number. */
  batch: number;
  articles: RawArticle[];
  settings: ArticleSettings;
  /** The worker gives up the batch after this many milliseconds. */
  limitMs: number;
}

/** What an article worker is told. */
export type WorkerRequest =
  /** Once, first. `poison` makes marked articles harmful, for tests (see poison.ts). */
  | { type: "configure"; poison: boolean }
  | BatchMessage;

/** What an article worker says. */
export type WorkerReply =
  /** Configured and warm. */
  | { type: "ready" }
  | { type: "done"; batch: number; computed: Computed }
  /** Given up: nothing of the batch is kept. */
  | { type: "overran"; batch: number };

/** What a quarantine worker is made with. */
export interface QuarantineOrder {
  article: RawArticle;
  settings: ArticleSettings;
  limitMs: number;
  poison: boolean;
}

/** What a quarantine worker says, once. */
export type QuarantineReply = { type: "done"; computed: Computed } | { type: "overran" };
