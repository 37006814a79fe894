import { wholeNumber } from "../shell/whole_number.ts";
import type { Failure } from "./api.ts";
import type { RequestResult } from "./requests.ts";

/** The failures that a URL may name by code: a URL can be forged, so it contains no text. */
const FAILURES: ReadonlyMap<string, Failure> = new Map([
  ["broker", { kind: "broker away" }],
  ["database", { kind: "database away" }],
]);

/** Returns the URL of a page with the result of a form. */
export function resultPath<Name extends string>(
  page: string,
  result: RequestResult<Name>,
): string {
  const { name } = result;
  if (result.kind === "failed") return `${page}?failed=${name}&reason=${reasonOf(result.failure)}`;
  return result.count === null
    ? `${page}?done=${name}`
    : `${page}?done=${name}&count=${result.count}`;
}

/** Parses the result of a form from a page's URL, or returns null. */
export function readResult<Name extends string>(
  names: readonly Name[],
  query: URLSearchParams,
): RequestResult<Name> | null {
  const named = (key: string) => names.find((name) => name === query.get(key));
  const [done, failed] = [named("done"), named("failed")];
  const failure = failureNamed(query.get("reason"));
  if (done !== undefined) {
    return { kind: "done", name: done, count: wholeNumber(query.get("count")), operation: null };
  }
  if (failed !== undefined && failure !== null) return { kind: "failed", name: failed, failure };
  return null;
}

/** Parses the failure in a URL, or returns null. */
export function failureNamed(reason: string | null): Failure | null {
  return FAILURES.get(reason ?? "") ?? null;
}

/** Returns the code of a failure for a URL. */
export function reasonOf(failure: Failure): string {
  const found = [...FAILURES].find(([, { kind }]) => kind === failure.kind);
  return found?.[0] ?? "";
}
