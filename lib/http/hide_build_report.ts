import { type Context, HttpError } from "fresh";

/** Its path after decoding, by which files are found. */
const REPORT = /\/_fresh\/js\/.*metafile\.json\/*$/;

/**
 * Middleware: not found for the bundler's report, which the published framework serves beside the scripts, with paths of
 * the machine that built them.
 */
export function hideBuildReport<State>(ctx: Context<State>): Promise<Response> {
  if (REPORT.test(decodeURIComponent(ctx.url.pathname))) throw new HttpError(404);
  return ctx.next();
}
