import { HttpError } from "fresh";
import { define } from "../../define.ts";
import { importPath } from "../../lib/dashboard/flash.ts";
import { guessFormat } from "../../lib/dashboard/guess_format.ts";
import { formFields } from "../../lib/http/form_fields.ts";
import { only } from "../../lib/http/methods.ts";
import { outageOf } from "../../lib/http/outage.ts";
import { acceptArticles } from "../../lib/intake/accept.ts";
import { parserFor, UnsupportedMediaTypeError } from "../../lib/intake/by_content_type.ts";
import { importArticles, ImportStoppedError } from "../../lib/intake/import.ts";

/** A form is read whole, so it is bounded; scripts and programs stream as much as they like. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The import form for browsers without scripts: takes in a file or a text, and leads back. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { node } = ctx.state;
    const { contentType, fileName, body } = givenIn(await formFields(ctx.req, MAX_BYTES));
    try {
      const parse = parserFor({ contentType, contentEncoding: null, fileName });
      const figures = await importArticles(parse(body), (chunk) => acceptArticles(node, chunk));
      return ctx.redirect(importPath({ kind: "done", name: fileName, figures }), 303);
    } catch (error) {
      if (error instanceof UnsupportedMediaTypeError) throw new HttpError(415, error.message);
      const failure = outageOf(error instanceof ImportStoppedError ? error.cause : error);
      if (failure === null) throw unreadable(error);
      return ctx.redirect(importPath({ kind: "failed", name: fileName, failure }), 303);
    }
  },
});

/** A file where one was chosen, else the text. */
function givenIn(form: FormData) {
  const [file, text] = [form.get("file"), form.get("text")];
  if (file instanceof File && file.size > 0) {
    return { contentType: null, fileName: file.name, body: file.stream() };
  }
  if (typeof text !== "string" || text.trim() === "") {
    throw new HttpError(400, "Neither a text nor a file was given");
  }
  return { contentType: guessFormat(text), fileName: null, body: new Blob([text]).stream() };
}

/** What cannot be read is the sender's affair; anything else is what it was. */
function unreadable(error: unknown): unknown {
  const isReading = error instanceof ImportStoppedError && error.stage === "reading";
  return isReading ? new HttpError(400, error.message, { cause: error }) : error;
}
