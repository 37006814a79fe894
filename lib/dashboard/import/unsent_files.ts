import type { ImportJob } from "./import_queue.ts";

const KEY = "millrace.unsent";
const UNSENT: readonly string[] = ["waiting", "sending", "interrupted"];

/** Keeps the names of the files that are not sent yet, for the case that the tab leaves the page. */
export function keepUnsent(storage: Storage, jobs: readonly ImportJob[]): void {
  const names = jobs.filter(({ progress }) => UNSENT.includes(progress.value.kind))
    .flatMap(({ name }) => name ?? []);
  storage.setItem(KEY, JSON.stringify(names));
}

/** Returns the names that were kept in this tab before. */
export function takeUnsent(storage: Storage): string[] {
  try {
    const names: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}
