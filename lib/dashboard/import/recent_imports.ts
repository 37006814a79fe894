import { type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
import { type ImportRecord, importRecord } from "../../wire/import_figures.ts";
import { type ApiResult, callApi } from "../requests/api.ts";

const POLL_MS = 2_000;
const LISTED = 10;

const list = z.object({ imports: z.array(importRecord) });

/** Returns the newest import of a file's name, or null. */
export async function lastImport(name: string): Promise<ApiResult<ImportRecord | null>> {
  const query = new URLSearchParams({ limit: "1", ...(name === "" ? {} : { name }) });
  const result = await callApi(`/api/imports?${query}`, list);
  return result.kind === "done" ? { kind: "done", data: result.data.imports[0] ?? null } : result;
}

/** Resolves when it is time to ask a server again that is away, or when the signal aborts. */
export function pause(signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(POLL_MS)]);
  const { promise, resolve } = Promise.withResolvers<void>();
  if (over.aborted) resolve();
  over.addEventListener("abort", () => resolve());
  return promise;
}

/** Recent imports, by any page or program. */
export interface RecentImports {
  readonly imports: ReadonlySignal<readonly ImportRecord[]>;
  /** Polls while the page is visible; returns a function that stops. */
  start(): () => void;
}

export interface RecentImportsParts {
  first: readonly ImportRecord[];
}

export function createRecentImports({ first }: RecentImportsParts): RecentImports {
  const imports = signal(first);

  async function poll() {
    if (document.visibilityState === "hidden") return;
    const result = await callApi(`/api/imports?limit=${LISTED}`, list);
    if (result.kind === "done") imports.value = result.data.imports;
  }

  return {
    imports,
    start() {
      const timer = setInterval(poll, POLL_MS);
      return () => clearInterval(timer);
    },
  };
}
