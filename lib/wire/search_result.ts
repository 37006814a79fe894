import * as z from "zod/mini";

/** The kinds of search results, in display order. */
const SEARCH_RESULT_KINDS = ["article", "cause", "node", "group", "setting"] as const;
export type SearchResultKind = typeof SEARCH_RESULT_KINDS[number];

/** Something that a text finds, and the page that shows it. */
export const searchResult = z.object({
  kind: z.enum(SEARCH_RESULT_KINDS),
  label: z.string(),
  /** The address within the application. */
  path: z.string(),
});
export type SearchResult = z.infer<typeof searchResult>;
