import { resultPath } from "../dashboard/requests/result_address.ts";
import { outageOf } from "./outage_error.ts";

interface RedirectingContext {
  redirect(path: string, status: 303): Response;
}

/** The action of a form. */
export interface FormAction {
  /** The path of the page with the form. */
  page: string;
  name: string;
  /** Performs the action; returns the number of affected articles, if any. */
  perform(): Promise<number | null>;
}

/**
 * Performs the action of a form and redirects to its page with the result, for browsers without scripts. An outage is a
 * result; other errors are thrown.
 */
export async function redirectWithResult(
  ctx: RedirectingContext,
  { page, name, perform }: FormAction,
): Promise<Response> {
  try {
    const count = await perform();
    return ctx.redirect(resultPath(page, { kind: "done", name, count, operation: null }), 303);
  } catch (error) {
    const failure = outageOf(error);
    if (failure === null) throw error;
    return ctx.redirect(resultPath(page, { kind: "failed", name, failure }), 303);
  }
}
