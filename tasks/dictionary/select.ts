import { withoutTone } from "../../lib/article/readings/syllables.ts";
import type { Sources } from "./dictionary_sources.ts";

/** A word of the dictionary; `readings` is null if each character has its default reading. */
export interface SelectedWord {
  text: string;
  readings: string[] | null;
  count: number;
}

/** Words that change no reading are kept from this frequency on, if they can decide a word boundary. */
const BORDER_COUNT = 15;

/**
 * Selects the words that matter: those with a character that is not read by default, and those that overlap
 * with such a word.
 */
export function selectWords({ characters, words, folds }: Sources): SelectedWord[] {
  const changing: SelectedWord[] = [];
  const others: SelectedWord[] = [];
  for (const [text, { readings, count }] of words) {
    if (Array.from(text).some((character) => folds.has(character))) continue;
    const changes = readings.some((reading, at) => reading !== characters.get(text[at]!));
    if (changes) changing.push({ text, readings, count });
    else others.push({ text, readings: null, count });
  }
  const heads = new Set<string>();
  const tails = new Set<string>();
  const whole = new Set<string>();
  for (const { text } of changing) {
    whole.add(text);
    for (let at = 1; at < text.length; at++) {
      heads.add(text.slice(0, at));
      tails.add(text.slice(at));
    }
  }
  const contends = (text: string) => {
    for (let at = 1; at < text.length; at++) {
      if (heads.has(text.slice(at)) || tails.has(text.slice(0, at))) return true;
      for (let end = at + 1; end <= text.length; end++) {
        if (whole.has(text.slice(at - 1, end))) return true;
      }
    }
    return false;
  };
  return [
    ...changing.filter(({ text, readings, count }) =>
      count >= BORDER_COUNT || changesSound(text, readings!, characters)
    ),
    ...others.filter(({ text, count }) => count >= BORDER_COUNT && contends(text)),
  ];
}

function changesSound(text: string, readings: string[], characters: Map<string, string>): boolean {
  return readings.some((reading, at) =>
    withoutTone(reading) !== withoutTone(characters.get(text[at]!) ?? "")
  );
}
