import type { LogLine } from "./log_model.ts";

export const LEVELS = ["debug", "info", "warning", "error"] as const;
export type Level = typeof LEVELS[number];

/** A filter of log lines. */
export interface LogFilter {
  /** Empty for all. */
  levels: readonly Level[];
  /** A substring of the message or of its wording, case-insensitive; empty for any. */
  text: string;
  /** A node's name; empty for all. */
  node: string;
  /** An article's id; null for all. */
  article: number | null;
}

export const NO_FILTER: LogFilter = { levels: [], text: "", node: "", article: null };

/** Parses a URL's query; ignores invalid values. */
export function readFilter(query: URLSearchParams): LogFilter {
  const requested = query.getAll("level");
  const article = query.get("article") ?? "";
  return {
    levels: LEVELS.filter((level) => requested.includes(level)),
    text: (query.get("q") ?? "").trim(),
    node: query.get("node") ?? "",
    article: /^\d{1,15}$/.test(article) ? Number(article) : null,
  };
}

/** Returns the URL's query for a filter, with `?`; empty for all lines. */
export function filterQuery({ levels, text, node, article }: LogFilter): string {
  const query = new URLSearchParams(levels.map((level) => ["level", level]));
  if (text !== "") query.set("q", text);
  if (node !== "") query.set("node", node);
  if (article !== null) query.set("article", String(article));
  return query.size === 0 ? "" : `?${query}`;
}

export function isFiltering(filter: LogFilter): boolean {
  return filterQuery(filter) !== "";
}

/** Returns the matching lines, in order. */
export function filterLines<
  Line extends Pick<LogLine, "level" | "message" | "node" | "article" | "worded">,
>(
  lines: readonly Line[],
  { levels, text, node, article }: LogFilter,
): readonly Line[] {
  const wanted = text.toLowerCase();
  return lines.filter((line) =>
    (levels.length === 0 || levels.includes(line.level)) &&
    (node === "" || line.node === node) &&
    (article === null || line.article === article) &&
    (wanted === "" ||
      [line.message, line.worded].some((text) => text?.toLowerCase().includes(wanted)))
  );
}
