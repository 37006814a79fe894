import { HttpError } from "fresh";
import { boundaryIn, parseMultipart } from "./multipart.ts";

/** The error of a form without a field that its page always sends, or with a value that it never does. */
export const FORM_OUTDATED = "The form is not of this version; reload the page";

const URL_ENCODED = /^application\/x-www-form-urlencoded\s*(;|$)/i;
/** Each field takes microseconds; the longest form of a page has a hundred. */
const MOST_FIELDS = 5_000;
const AMPERSAND = 0x26;

/**
 * Parses the fields of a posted form. Throws an `HttpError`: 413 when it is longer than `maxBytes`, or
 * declares no length, 400 when it is not a form, or has too many fields.
 */
export async function formFields(request: Request, maxBytes: number): Promise<FormData> {
  const type = request.headers.get("content-type");
  if (type === null) throw new HttpError(400, "There is no form in the request");
  if (Number(request.headers.get("content-length") ?? Infinity) > maxBytes) {
    throw new HttpError(413, `The form is longer than ${maxBytes} bytes`);
  }
  try {
    const bytes = await request.bytes();
    const boundary = boundaryIn(type);
    if (boundary !== null) return parseMultipart(bytes, boundary, MOST_FIELDS);
    if (URL_ENCODED.test(type)) return parseUrlEncoded(bytes);
  } catch (error) {
    throw new HttpError(400, "The form cannot be read", { cause: error });
  }
  throw new HttpError(400, "The form cannot be read");
}

function parseUrlEncoded(bytes: Uint8Array): FormData {
  let separators = 0;
  for (let at = bytes.indexOf(AMPERSAND); at !== -1; at = bytes.indexOf(AMPERSAND, at + 1)) {
    if (++separators >= MOST_FIELDS) throw new RangeError("there are too many fields");
  }
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) {
    form.append(name, value);
  }
  return form;
}
