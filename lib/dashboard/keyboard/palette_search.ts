import * as z from "zod/mini";
import {
  type SearchResult,
  searchResult,
  type SearchResultKind,
} from "../../wire/search_result.ts";
import { callApi } from "../requests/api.ts";
import type { Command } from "./keyboard_commands.ts";

const response = z.object({ found: z.array(searchResult) });

const ICONS = {
  article: "articles",
  cause: "failures",
  node: "workers",
  group: "articles",
  setting: "settings",
} as const satisfies Record<SearchResultKind, Command["icon"]>;

/** Searches names on the server; returns null if it is unreachable. */
export async function findAnything(
  text: string,
  signal: AbortSignal,
): Promise<SearchResult[] | null> {
  const query = new URLSearchParams({ q: text });
  const got = await callApi(`/api/search?${query}`, response, { signal });
  return got.kind === "done" ? got.data.found : null;
}

/** Converts search results to palette commands. */
export function resultCommand({ kind, label, path }: SearchResult, index: number): Command {
  return {
    id: `found-${index}`,
    icon: ICONS[kind],
    label,
    alias: "",
    keys: null,
    result: kind,
    effect: { kind: "go", path },
  };
}
