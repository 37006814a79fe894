import { type ReadonlySignal, signal } from "@preact/signals";
import * as z from "zod/mini";
import { keptLogLine } from "../../wire/log_line.ts";
import type { callApi } from "../requests/api.ts";
import type { LogFilter } from "./log_filter.ts";
import type { LogLine } from "./log_model.ts";
import { isForward, logQuery, type LogSpan } from "./log_span.ts";

const logPage = z.object({
  lines: z.array(keptLogLine),
  older: z.nullable(z.string()),
  newer: z.nullable(z.string()),
  searched_to: z.nullable(z.string()),
});
export type LogPage = z.infer<typeof logPage>;

export interface KeptLogSearchParts {
  filter: LogFilter;
  span: LogSpan;
  /** The first part of the page, with its lines oldest first; null if it could not be read. */
  page: LogPage | null;
  /** The number of lines of a full page. */
  limit: number;
  callApi: typeof callApi;
}

/** A page of the kept log that is filled by a search in steps. */
export interface KeptLogSearch {
  readonly rows: ReadonlySignal<readonly LogLine[]>;
  /** The cursors of the pages before and after this one; null if there is none. */
  readonly older: ReadonlySignal<string | null>;
  readonly newer: ReadonlySignal<string | null>;
  /** The time that an unfinished search has reached; null when it is finished. */
  readonly searchedTo: ReadonlySignal<string | null>;
  readonly searching: ReadonlySignal<boolean>;
  /** Searches on until the page is full, everything is searched, or a request fails. */
  search(): Promise<void>;
  halt(): void;
}

export function createKeptLogSearch(
  { filter, span, page, limit, callApi }: KeptLogSearchParts,
): KeptLogSearch {
  const forward = isForward(span);
  const rows = signal<readonly LogLine[]>(page?.lines ?? []);
  const older = signal(page?.older ?? null);
  const newer = signal(page?.newer ?? null);
  const searchedTo = signal(page?.searched_to ?? null);
  const searching = signal(false);
  /** The number of the current search: a response to an earlier one is ignored. */
  let current = 0;

  async function search() {
    const own = ++current;
    searching.value = true;
    while (searchedTo.peek() !== null && rows.peek().length < limit) {
      const cursor = forward ? { after: newer.peek() } : { before: older.peek() };
      const query = logQuery(filter, { ...span, before: null, after: null, ...cursor });
      const rest = limit - rows.peek().length;
      const response = await callApi(`/api/processor/logs${query}&limit=${rest}`, logPage);
      if (own !== current) return;
      if (response.kind === "failed") break;
      const { data } = response;
      rows.value = forward ? [...rows.peek(), ...data.lines] : [...data.lines, ...rows.peek()];
      if (forward) newer.value = data.newer;
      else older.value = data.older;
      searchedTo.value = data.searched_to;
    }
    searching.value = false;
  }

  function halt() {
    current++;
    searching.value = false;
  }

  return { rows, older, newer, searchedTo, searching, search, halt };
}
