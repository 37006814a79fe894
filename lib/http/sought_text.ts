import { z } from "zod";

/** A text to look for. Nothing that is stored has NUL or half a surrogate pair; Postgres refuses both. */
export function soughtText() {
  return z.string({ error: "must be text" }).refine(
    (text) => text.isWellFormed() && !text.includes("\0"),
    { error: "must not hold NUL or half a surrogate pair" },
  );
}
