import { z } from "zod";

/** A search text. No stored text contains NUL or a lone surrogate, which Postgres rejects. */
export function searchText() {
  return z.string({ error: "must be text" }).refine(
    (text) => text.isWellFormed() && !text.includes("\0"),
    { error: "must not hold NUL or half a surrogate pair" },
  );
}
