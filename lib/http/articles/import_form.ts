import { HttpError } from "fresh";
import { guessFormat } from "../../dashboard/import/guess_format.ts";
import type { ImportState } from "../../dashboard/import/import_state.ts";
import { knownCharset } from "../../intake/bytes/declared_charset.ts";
import { UnsupportedMediaTypeError } from "../../intake/format_name.ts";
import { ImportStoppedError } from "../../intake/import_articles.ts";
import type { Node } from "../../node/node.ts";
import { formFields } from "../form_fields.ts";
import { clientGone } from "../front/raw_connections.ts";
import { outageOf } from "../outage_error.ts";
import type { Actor } from "../../wire/actor.ts";
import { importStream } from "./import_stream.ts";

/** The size limit of a form, which is buffered; scripts and programs stream any amount. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Imports the file or the text of an import form and returns the result. Throws an `HttpError` if both are
 * missing or unreadable.
 */
export async function importForm(
  node: Node,
  request: Request,
  by: Actor,
): Promise<Exclude<ImportState, { kind: "idle" }>> {
  const form = await formFields(request, MAX_BYTES);
  const { contentType, name, body } = givenIn(form);
  const charset = knownCharset(String(form.get("charset") ?? ""));
  try {
    const declared = { contentType, contentEncoding: null };
    const source = { body, declared, by, gone: clientGone(request) };
    const figures = await importStream(node, source, {
      ...(name === null ? {} : { name }),
      ...(charset === null ? {} : { charset }),
    });
    return { kind: "done", name, figures };
  } catch (error) {
    const cause = error instanceof ImportStoppedError ? error.cause : error;
    if (cause instanceof UnsupportedMediaTypeError) {
      return { kind: "failed", name, failure: { kind: "unsupported" } };
    }
    const failure = outageOf(cause);
    if (failure === null) throw unreadable(error);
    return { kind: "failed", name, failure };
  }
}

/** Returns the chosen file, else the text. */
function givenIn(form: FormData) {
  const [file, text] = [form.get("file"), form.get("text")];
  if (file instanceof File && file.size > 0) {
    return { contentType: null, name: file.name, body: file.stream() };
  }
  if (typeof text !== "string" || text.trim() === "") {
    throw new HttpError(400, "Neither a text nor a file was given");
  }
  return { contentType: guessFormat(text), name: null, body: new Blob([text]).stream() };
}

/** Maps unreadable input to a client error; rethrows anything else. */
function unreadable(error: unknown): unknown {
  const isReading = error instanceof ImportStoppedError && error.stage === "reading";
  return isReading ? new HttpError(400, error.message, { cause: error }) : error;
}
