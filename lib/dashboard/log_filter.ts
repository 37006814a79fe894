import type { LogLine } from "./log_model.ts";

export const LEVELS = ["debug", "info", "warning", "error"] as const;
export type Level = typeof LEVELS[number];

/** Which lines of the log to show. */
export interface LogFilter {
  /** None chosen: all of them. */
  levels: readonly Level[];
  /** Text in the message, in any case; empty for any. */
  text: string;
  /** A node's name; empty for all. */
  node: string;
  /** An article's id; null for all. */
  article: number | null;
}

export const NO_FILTER: LogFilter = { levels: [], text: "", node: "", article: null };

/** What an address asks to see. What makes no sense in it is passed over. */
export function readFilter(query: URLSearchParams): LogFilter {
  const asked = query.getAll("level");
  const article = query.get("article") ?? "";
  return {
    levels: LEVELS.filter((level) => asked.includes(level)),
    text: (query.get("q") ?? "").trim(),
    node: query.get("node") ?? "",
    article: /^\d{1,15}$/.test(article) ? Number(article) : null,
  };
}

/** The query of an address for a filter, with its `?`; empty when everything is shown. */
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

/** The lines that a filter lets through, in their order. */
export function filterLines<Line extends Pick<LogLine, "level" | "message" | "node" | "article">>(
  lines: readonly Line[],
  { levels, text, node, article }: LogFilter,
): readonly Line[] {
  const wanted = text.toLowerCase();
  return lines.filter((line) =>
    (levels.length === 0 || levels.includes(line.level)) &&
    (node === "" || line.node === node) &&
    (article === null || line.article === article) &&
    (wanted === "" || line.message.toLowerCase().includes(wanted))
  );
}
