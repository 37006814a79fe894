import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Entry } from "./entries.ts";

/** The state of an open palette: what is typed, what fits, and which of it is about to be chosen. */
export interface PaletteModel {
  readonly text: ReadonlySignal<string>;
  /** What fits: what begins with what is typed stands first. */
  readonly found: ReadonlySignal<readonly Entry[]>;
  /** The place in `found` of the entry that Enter chooses. */
  readonly active: ReadonlySignal<number>;
  type(text: string): void;
  /** Goes on by so many entries, round the ends. */
  move(by: number): void;
  point(at: number): void;
}

/** @param more What is offered beside the entries that fit a text, after them. */
export function createPaletteModel(
  entries: readonly Entry[],
  more: (text: string) => Entry,
): PaletteModel {
  const text = signal("");
  const active = signal(0);
  const found = computed(() => {
    const wanted = text.value.trim();
    return wanted === "" ? entries : [...entriesLike(entries, wanted), more(wanted)];
  });
  return {
    text,
    found,
    active,
    type(typed) {
      text.value = typed;
      active.value = 0;
    },
    move(by) {
      const count = found.peek().length;
      active.value = (active.peek() + by + count) % count;
    },
    point(at) {
      active.value = at;
    },
  };
}

/** The entries that have each of the words in their label or alias, those that begin with one first. */
function entriesLike(entries: readonly Entry[], text: string): Entry[] {
  const words = folded(text).split(/\s+/);
  const ranked = entries.flatMap((entry) => {
    const names = [folded(entry.label), folded(entry.alias)];
    const hits = words.map((word) => rank(names, word));
    return hits.includes(null) ? [] : [{ entry, rank: Math.max(...hits.map(Number)) }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

/** 0 where a name begins with the word, 1 where a word of it does, 2 elsewhere; null where it is not. */
function rank(names: readonly string[], word: string): number | null {
  if (names.some((name) => name.startsWith(word))) return 0;
  if (names.some((name) => name.includes(` ${word}`))) return 1;
  return names.some((name) => name.includes(word)) ? 2 : null;
}

/** A text as it is compared: without case, full width or half. */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
