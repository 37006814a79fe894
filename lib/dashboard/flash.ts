import { type ActionResult, isAction } from "./actions.ts";
import type { Failure } from "./api.ts";
import type { ImportState } from "./import_figures.ts";

/** The failures that an address may tell of: an address can be made up, so it holds no text. */
const FAILURES: Record<string, Failure> = {
  broker: { kind: "broker away" },
  database: { kind: "database away" },
  unsupported: { kind: "unsupported" },
};

/** The path of the overview that tells what came of a form. */
export function actionPath(result: ActionResult): string {
  const { action } = result;
  if (result.kind === "failed") return `/?failed=${action}&reason=${reasonOf(result.failure)}`;
  return result.count === null ? `/?done=${action}` : `/?done=${action}&count=${result.count}`;
}

/** What an overview's address tells of an action, or null. */
export function readAction(query: URLSearchParams): ActionResult | null {
  const done = query.get("done");
  const failed = query.get("failed");
  const failure = failureNamed(query.get("reason"));
  if (isAction(done)) return { kind: "done", action: done, count: wholeNumber(query.get("count")) };
  if (isAction(failed) && failure) return { kind: "failed", action: failed, failure };
  return null;
}

/** The path of the import's page that tells what came of one; the rejected lines are counted only. */
export function importPath(state: ImportState): string {
  switch (state.kind) {
    case "done": {
      const { accepted, duplicates, rejected_total, newest_id } = state.figures;
      const figures = `imported=${accepted}&duplicates=${duplicates}&rejected=${rejected_total}`;
      return newest_id === null ? `/import?${figures}` : `/import?${figures}&newest=${newest_id}`;
    }
    case "failed":
      return `/import?failed=import&reason=${reasonOf(state.failure)}`;
    case "idle":
      return "/import";
  }
}

/** What an address tells of an import. */
export function readImport(query: URLSearchParams): ImportState {
  const failure = failureNamed(query.get("reason"));
  if (query.get("failed") === "import" && failure) return { kind: "failed", name: null, failure };
  const accepted = wholeNumber(query.get("imported"));
  if (accepted === null) return { kind: "idle" };
  const duplicates = wholeNumber(query.get("duplicates")) ?? 0;
  const rejected_total = wholeNumber(query.get("rejected")) ?? 0;
  const newest_id = wholeNumber(query.get("newest"));
  return {
    kind: "done",
    name: null,
    figures: { accepted, duplicates, rejected: [], rejected_total, newest_id },
  };
}

/** The failure that an address names, or null. */
export function failureNamed(reason: string | null): Failure | null {
  return FAILURES[reason ?? ""] ?? null;
}

/** The name that an address has for a failure. */
export function reasonOf(failure: Failure): string {
  const found = Object.entries(FAILURES).find(([, { kind }]) => kind === failure.kind);
  return found?.[0] ?? "";
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
