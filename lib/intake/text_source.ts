import { hash } from "node:crypto";
import { storable } from "../database/sql_parameters.ts";

/**
 * Returns the source of an article without a usable one: a hash of title and content, equal to that of
 * `textHashSql` in lib/database/find_duplicates.ts. For an article from a file, it includes the file's name, so
 * that two files may contain the same text.
 */
export function textSource(
  { title, content }: { title: string; content: string },
  fileName = "",
): string {
  const text = `${fileName === "" ? "" : `${fileName}\n`}${title}\n${content}`;
  return `sha256:${hash("sha256", storable(text), "hex")}`;
}
