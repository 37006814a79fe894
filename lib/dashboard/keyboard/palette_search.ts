import * as z from "zod/mini";
import { type Found, found, type FoundKind } from "../../wire/found.ts";
import { callApi } from "../requests/api.ts";
import type { Command } from "./keyboard_commands.ts";

const answer = z.object({ found: z.array(found) });

const ICONS = {
  article: "articles",
  cause: "failures",
  node: "workers",
  group: "articles",
  setting: "settings",
} as const satisfies Record<FoundKind, Command["icon"]>;

/** Searches names on the server; returns null if it is unreachable. */
export async function findAnything(text: string, signal: AbortSignal): Promise<Found[] | null> {
  const query = new URLSearchParams({ q: text });
  const got = await callApi(`/api/search?${query}`, answer, { signal });
  return got.kind === "done" ? got.data.found : null;
}

/** Converts search results to palette commands. */
export function foundCommand({ kind, label, path }: Found, index: number): Command {
  return {
    id: `found-${index}`,
    icon: ICONS[kind],
    label,
    alias: "",
    keys: null,
    found: kind,
    effect: { kind: "go", path },
  };
}
