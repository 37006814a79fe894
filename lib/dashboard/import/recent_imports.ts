import { type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
import { type ImportRecord, importRecord } from "../../wire/import_figures.ts";
import type { callApi } from "../requests/api.ts";

const POLL_MS = 2_000;
const LISTED = 10;

const list = z.object({ imports: z.array(importRecord) });

/** Recent imports, by any page or program. */
export interface RecentImports {
  readonly imports: ReadonlySignal<readonly ImportRecord[]>;
  /** Polls while the page is visible; returns a function that stops. */
  start(): () => void;
}

export interface RecentImportsParts {
  first: readonly ImportRecord[];
  callApi: typeof callApi;
}

export function createRecentImports({ first, callApi }: RecentImportsParts): RecentImports {
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
