import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Command } from "./keyboard_commands.ts";
import { rankCommands } from "./rank_commands.ts";

/** The debounce of server searches. */
const DEBOUNCE_MS = 150;

/** The state of the search for the typed text; `away`: the server is unreachable. */
export type SearchState = "idle" | "searching" | "found" | "none" | "away";

/** The state of an open palette: the typed text, the matches, and the highlighted one. */
export interface PaletteModel extends Disposable {
  readonly text: ReadonlySignal<string>;
  /**
   * The matches: prefix matches first. Server results arrive later and are appended, so that nothing moves.
   */
  readonly found: ReadonlySignal<readonly Command[]>;
  readonly search: ReadonlySignal<SearchState>;
  /** The index in `found` of the command that Enter runs. */
  readonly active: ReadonlySignal<number>;
  type(text: string): void;
  /** Moves the highlight by a number of commands, wrapping around. */
  move(by: number): void;
  point(at: number): void;
}

export interface PaletteSources {
  commands: readonly Command[];
  /** Returns additional suggestions for a text, listed after the matching commands. */
  more: (text: string) => Command[];
  /** Searches on the server; returns null if it is unreachable. */
  search: (text: string, signal: AbortSignal) => Promise<Command[] | null>;
}

export function createPaletteModel({ commands, more, search }: PaletteSources): PaletteModel {
  const text = signal("");
  const active = signal(0);
  const hits = signal<readonly Command[]>([]);
  const state = signal<SearchState>("idle");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | null = null;
  const found = computed(() => {
    const wanted = text.value.trim();
    if (wanted === "") return commands;
    return [...rankCommands(commands, wanted), ...more(wanted), ...hits.value];
  });

  async function runSearch(wanted: string) {
    const mine = asking = new AbortController();
    const got = await search(wanted, mine.signal);
    // The text has changed in the meantime.
    if (mine.signal.aborted) return;
    batch(() => {
      hits.value = got ?? [];
      state.value = got === null ? "away" : got.length === 0 ? "none" : "found";
    });
  }

  function endSearch() {
    clearTimeout(timer);
    asking?.abort();
  }

  return {
    text,
    found,
    search: state,
    active,
    type(typed) {
      endSearch();
      const wanted = typed.trim();
      batch(() => {
        text.value = typed;
        active.value = 0;
        hits.value = [];
        state.value = wanted === "" ? "idle" : "searching";
      });
      if (wanted !== "") timer = setTimeout(() => void runSearch(wanted), DEBOUNCE_MS);
    },
    move(by) {
      const count = found.peek().length;
      active.value = (active.peek() + by + count) % count;
    },
    point(at) {
      active.value = at;
    },
    [Symbol.dispose]: endSearch,
  };
}
