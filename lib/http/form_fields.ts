import { HttpError } from "fresh";

/**
 * The fields of a form that a page posted. Throws an `HttpError`: 413 when it is longer than
 * `maxBytes`, or does not say how long it is, 400 when it is no form.
 */
export async function formFields(request: Request, maxBytes: number): Promise<FormData> {
  if (!request.headers.has("content-type")) {
    throw new HttpError(400, "There is no form in the request");
  }
  if (Number(request.headers.get("content-length") ?? Infinity) > maxBytes) {
    throw new HttpError(413, `The form is longer than ${maxBytes} bytes`);
  }
  try {
    return await request.formData();
  } catch (error) {
    throw new HttpError(400, "The form cannot be read", { cause: error });
  }
}
