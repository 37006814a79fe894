import * as z from "zod/mini";

/** The kinds of search results, in display order. */
const FOUND_KINDS = ["article", "cause", "node", "group", "setting"] as const;
export type FoundKind = typeof FOUND_KINDS[number];

/** Something that a text finds, and the page that shows it. */
export const found = z.object({
  kind: z.enum(FOUND_KINDS),
  label: z.string(),
  /** The address within the application. */
  path: z.string(),
});
export type Found = z.infer<typeof found>;
