import { z } from "zod";
import { knownCharset } from "../../intake/bytes/declared_charset.ts";
import { readFieldMap } from "../../intake/field_map.ts";
import { addressOf } from "../../intake/record_values.ts";
import { queryNumber } from "../paging.ts";
import { searchText } from "../search_text.ts";

/** A boolean query parameter. */
export const querySwitch = z.enum(["true", "false"], { error: "must be true or false" })
  .transform((value) => value === "true");

const fieldMap = z.string().transform((text, context) => {
  try {
    return readFieldMap(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    context.addIssue({ code: "custom", message: message.replace(/^map /, "") });
    return z.NEVER;
  }
});

/** The query parameters of an import. */
export const importQuery = z.strictObject({
  /** The file's name, which determines the format if the content type does not. */
  name: searchText().optional(),
  /** The charset, if chosen explicitly. */
  charset: z.string().refine((charset) => knownCharset(charset) !== null, {
    error: "must be the name of a known character encoding, such as gb18030",
  }).optional(),
  map: fieldMap.optional(),
  /** The group of articles that do not name one. */
  group: searchText().optional(),
  /** The document's URL, against which relative URLs are resolved. */
  url: z.string().refine((url) => addressOf(url) !== undefined, {
    error: "must be an http address",
  }).optional(),
  /** Whether to replace stored articles whose text differs. */
  update: querySwitch.optional(),
  /** Whether to validate only (dry run). */
  validate: querySwitch.optional(),
  /** Whether to return the result of each record. */
  results: querySwitch.optional(),
  from_line: queryNumber(1).optional(),
  /** The number of a stopped import to resume with this input, which is sent from its start. */
  resume: queryNumber(1).optional(),
});
export type ImportQuery = z.output<typeof importQuery>;
