import type { RawArticle } from "../lib/article/article.ts";
import type { ArticleSettings } from "../lib/article/article_settings.ts";
import type { Outcome } from "../lib/article/outcome.ts";

/** The outcomes of a part, and how long the two stages took. */
export interface Computed {
  /** One per article, in order. */
  outcomes: Outcome[];
  cleanMs: number;
  annotateMs: number;
}

/** Articles to compute together. */
export interface PartMessage {
  type: "part";
  /** Numbered by the sender; the reply has the same number. */
  part: number;
  articles: RawArticle[];
  settings: ArticleSettings;
  /** The worker interrupts the part after this many milliseconds, and continues with each article alone. */
  limitMs: number;
  /** Whether to compute each article alone from the start, under its own time limit. */
  singly: boolean;
}

/** The messages to an article worker. */
export type WorkerRequest =
  /** Sent once, first. `poison` makes marked articles harmful, for tests (see poison.ts). */
  | { type: "configure"; poison: boolean }
  | PartMessage;

/** The messages from an article worker. */
export type WorkerReply =
  /** Configured and warmed up. */
  | { type: "ready" }
  /** `suspects` are the articles that took too long alone: they have no outcome. */
  | { type: "done"; part: number; computed: Computed; suspects: number[] };

/** The start data of a quarantine worker. */
export interface QuarantineOrder {
  article: RawArticle;
  settings: ArticleSettings;
  limitMs: number;
  poison: boolean;
}

/** The single message from a quarantine worker. */
export type QuarantineReply = { type: "done"; computed: Computed } | { type: "overran" };
