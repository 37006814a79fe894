import type { ErrandResult } from "./errand.ts";
import { failureNamed, reasonOf } from "./flash.ts";

/** The path of a page that tells what came of one of its forms. */
export function errandPath<Name extends string>(page: string, result: ErrandResult<Name>): string {
  return result.kind === "done"
    ? `${page}?done=${result.name}`
    : `${page}?failed=${result.name}&reason=${reasonOf(result.failure)}`;
}

/** What a page's address tells of one of its forms, or null. */
export function readErrand<Name extends string>(
  names: readonly Name[],
  query: URLSearchParams,
): ErrandResult<Name> | null {
  const named = (key: string) => names.find((name) => name === query.get(key));
  const [done, failed] = [named("done"), named("failed")];
  const failure = failureNamed(query.get("reason"));
  if (done !== undefined) return { kind: "done", name: done };
  if (failed !== undefined && failure !== null) return { kind: "failed", name: failed, failure };
  return null;
}
