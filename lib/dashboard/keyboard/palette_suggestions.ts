import type { keyboardWords } from "../../i18n/keyboard_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";
import type { Command } from "./keyboard_commands.ts";

/**
 * Returns the palette's suggestions for a text in addition to commands: the article with that id, articles by
 * title, and failures by a filter such as `source:feeds` or words of an error.
 */
export function paletteSuggestions(
  voice: Voice<WordKey<typeof keyboardWords>>,
  text: string,
): Command[] {
  const suggest = (id: "openArticle" | "searchFor" | "searchFailures", path: string): Command => ({
    id,
    icon: id === "searchFailures" ? "failures" : id === "openArticle" ? "articles" : "search",
    label: voice.say(id, { text }),
    alias: "",
    keys: null,
    effect: { kind: "go", path },
  });
  const query = new URLSearchParams({ q: text });
  return [
    ...(/^\d{1,15}$/.test(text) ? [suggest("openArticle", `/articles/${text}`)] : []),
    suggest("searchFor", `/articles?${query}`),
    suggest("searchFailures", `/failures?${query}`),
  ];
}
