import type { SettingsComparison } from "../lib/article/compare.ts";
import type { ComparisonExcerpt } from "../lib/article/excerpt.ts";
import type { Content } from "../lib/article/content.ts";
import type { PageMetadata } from "../lib/article/page/metadata.ts";
import type { MatterNotation } from "./parse_front_matter.ts";
import type { ArticleSettings } from "../lib/article/article_settings.ts";

/**
 * Requests to the explainer's thread: explanations of an article for the interface, and documents that may
 * take long.
 */
export type ExplainTask =
  /** The result with the current settings, next to the stored paragraphs. */
  | { kind: "explain"; article: Content; settings: ArticleSettings; stored: string[] }
  /** The changes that other settings would make. */
  | { kind: "compare"; article: Content; before: ArticleSettings; after: ArticleSettings }
  /** A document of an import, or a part of one. */
  | { kind: "markdown"; text: string }
  | { kind: "frontMatter"; notation: MatterNotation; matter: string }
  | { kind: "metadata"; page: string };

/** The results of the tasks, by kind. */
export interface ExplainResults {
  explain: ComparisonExcerpt;
  compare: SettingsComparison;
  /** HTML. */
  markdown: string;
  /** A JSON value. */
  frontMatter: unknown;
  metadata: PageMetadata;
}

export interface ExplainRequest {
  /** Assigned by the sender; the reply has the same number. */
  id: number;
  task: ExplainTask;
  limitMs: number;
}

export type ExplainReply =
  | { id: number; type: "done"; result: ExplainResults[keyof ExplainResults] }
  | { id: number; type: "overran" }
  | { id: number; type: "threw"; message: string };
