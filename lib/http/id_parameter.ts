import { HttpError } from "fresh";

/** Parses an id in a path or a form. Throws an `HttpError` 404 if it is invalid. */
export function idParameter(params: Record<string, string>): number {
  const id = Number(/^[1-9]\d{0,15}$/.exec(params.id ?? "")?.[0]);
  if (!Number.isSafeInteger(id)) throw new HttpError(404, `${params.id} is not an id`);
  return id;
}
