import { HttpError } from "fresh";
import { guessFormat } from "../dashboard/guess_format.ts";
import type { ImportState } from "../dashboard/import_figures.ts";
import { acceptArticles } from "../intake/accept.ts";
import { parserFor, UnsupportedMediaTypeError } from "../intake/by_content_type.ts";
import { importArticles, ImportStoppedError } from "../intake/import.ts";
import type { Node } from "../runtime/node.ts";
import { formFields } from "./form_fields.ts";
import { outageOf } from "./outage.ts";

/** A form is read whole, so it is bounded; scripts and programs stream as much as they like. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Takes in the file or the text of an import form, and answers what came of it. Throws an `HttpError`
 * where nothing was given, or nothing that can be read.
 */
export async function importForm(
  node: Node,
  request: Request,
): Promise<Exclude<ImportState, { kind: "idle" }>> {
  const { contentType, name, body } = givenIn(await formFields(request, MAX_BYTES));
  try {
    const parse = parserFor({ contentType, contentEncoding: null, fileName: name });
    const figures = await importArticles(parse(body), (chunk) => acceptArticles(node, chunk));
    return { kind: "done", name, figures };
  } catch (error) {
    if (error instanceof UnsupportedMediaTypeError) {
      return { kind: "failed", name, failure: { kind: "unsupported" } };
    }
    const failure = outageOf(error instanceof ImportStoppedError ? error.cause : error);
    if (failure === null) throw unreadable(error);
    return { kind: "failed", name, failure };
  }
}

/** A file where one was chosen, else the text. */
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

/** What cannot be read is the sender's affair; anything else is what it was. */
function unreadable(error: unknown): unknown {
  const isReading = error instanceof ImportStoppedError && error.stage === "reading";
  return isReading ? new HttpError(400, error.message, { cause: error }) : error;
}
