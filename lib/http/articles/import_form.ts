import { HttpError } from "fresh";
import { guessFormat } from "../../dashboard/import/guess_format.ts";
import { knownCharset } from "../../intake/bytes/declared_charset.ts";
import { TooManyWaitingError } from "../../intake/backpressure.ts";
import { UnsupportedMediaTypeError } from "../../intake/format_name.ts";
import { ImportStoppedError } from "../../intake/import_articles.ts";
import type { Node } from "../../node/node.ts";
import { formFields } from "../form_fields.ts";
import { clientGone } from "../front/raw_connections.ts";
import { outageOf } from "../outage_error.ts";
import type { Failure } from "../../dashboard/requests/api.ts";
import type { Actor } from "../../wire/actor.ts";
import type { ImportFigures } from "../../wire/import_figures.ts";
import { localizeMessage } from "../localize_message.ts";
import { importStream } from "./import_stream.ts";

/** The size limit of a form, which is buffered; scripts and programs stream any amount. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The result of an import form; `name` is the file's, or null. */
export type ImportFormResult =
  | { kind: "done"; name: string | null; figures: ImportFigures }
  /** `text` and `charset` are what was typed and chosen. */
  | { kind: "failed"; status: number; failure: Failure; text: string; charset: string };

/** Imports the file or the text of an import form; a failure is worded for its reader. */
export async function importForm(
  node: Node,
  request: Request,
  by: Actor,
): Promise<ImportFormResult> {
  let [text, charset] = ["", ""];
  try {
    const form = await formFields(request, MAX_BYTES);
    [text, charset] = [textIn(form, "text"), textIn(form, "charset")];
    const { contentType, name, body } = givenIn(form);
    const known = knownCharset(charset);
    const declared = { contentType, contentEncoding: null };
    const source = { body, declared, by, gone: clientGone(request) };
    const figures = await importStream(node, source, {
      ...(name === null ? {} : { name }),
      ...(known === null ? {} : { charset: known }),
    });
    return { kind: "done", name, figures };
  } catch (error) {
    const cause = error instanceof ImportStoppedError ? error.cause : error;
    const outage = outageOf(cause);
    if (outage !== null) return { kind: "failed", status: 503, failure: outage, text, charset };
    const refusal = refusalOf(error, cause);
    if (refusal === null) throw error;
    const { status } = refusal;
    const message = localizeMessage(request, refusal.message);
    return { kind: "failed", status, failure: { kind: "refused", status, message }, text, charset };
  }
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** Returns the chosen file, else the text. */
function givenIn(form: FormData) {
  const file = form.get("file");
  if (file instanceof File && file.size > 0) {
    return { contentType: null, name: file.name, body: file.stream() };
  }
  const text = textIn(form, "text");
  if (text.trim() === "") throw new HttpError(400, "Neither a text nor a file was given");
  return { contentType: guessFormat(text), name: null, body: new Blob([text]).stream() };
}

/** Returns the refusal of a form or its content, or null for an unexpected error. */
function refusalOf(error: unknown, cause: unknown): { status: number; message: string } | null {
  if (cause instanceof HttpError || cause instanceof UnsupportedMediaTypeError) return cause;
  if (cause instanceof TooManyWaitingError) return { status: 429, message: cause.message };
  const isReading = error instanceof ImportStoppedError && error.stage === "reading";
  return isReading ? { status: 400, message: error.message } : null;
}
