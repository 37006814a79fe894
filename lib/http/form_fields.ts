import { HttpError } from "fresh";

/**
 * Parses the fields of a posted form. Throws an `HttpError`: 413 when it is longer than `maxBytes` or
 * declares no length, 400 when it is not a form.
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
