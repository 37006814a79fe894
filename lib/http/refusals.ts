import { type Context, HttpError } from "fresh";
import { isApiPath } from "./api_path.ts";
import { type Fault, readUrl } from "./malformed_request.ts";

/** Well-formed substitutes of malformed requests, with the errors of the originals. */
const refusals = new WeakMap<Request, HttpError>();

/**
 * Creates a well-formed substitute for a malformed request. The application responds with `fault` in its own
 * format: JSON for programs, its error page in the reader's language for browsers.
 */
export function standIn(request: Request, { status, message }: Fault): Request {
  const headers = new Headers();
  for (const name of ["accept-language", "cookie"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const place = isProgram(request) ? "/api/malformed" : "/malformed";
  const made = new Request(new URL(place, "http://localhost"), { headers });
  refusals.set(made, new HttpError(status, message));
  return made;
}

/** Returns the substitute's path: a page if the client accepts HTML, since the URL may be unusable. */
function isProgram(request: Request): boolean {
  const url = readUrl(request);
  return url !== null && isApiPath(url) ||
    !(request.headers.get("accept") ?? "").includes("text/html");
}

/** The first middleware: throws the error of a substitute, for the application's error route. */
export function refuseMalformed<State>(ctx: Context<State>): Promise<Response> {
  const refusal = refusals.get(ctx.req);
  if (refusal !== undefined) throw refusal;
  return ctx.next();
}
