import type { Command } from "./keyboard_commands.ts";

/** Returns the commands with all words in their label or alias, prefix matches first. */
export function rankCommands(commands: readonly Command[], text: string): Command[] {
  const words = folded(text).split(/\s+/);
  const ranked = commands.flatMap((command) => {
    const names = [folded(command.label), folded(command.alias)];
    const hits = words.map((word) => rank(names, word));
    return hits.includes(null) ? [] : [{ command, rank: Math.max(...hits.map(Number)) }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ command }) => command);
}

/** Ranks a match: 0 at a name's start, 1 at a word's start, 2 elsewhere; null for no match. */
function rank(names: readonly string[], word: string): number | null {
  if (names.some((name) => name.startsWith(word))) return 0;
  if (names.some((name) => name.includes(` ${word}`))) return 1;
  return names.some((name) => name.includes(word)) ? 2 : null;
}

/** Folds case and width for comparison. */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
