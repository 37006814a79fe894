import { entryWords } from "../i18n/entry_words.ts";
import type { Language } from "../i18n/language.ts";
import { createVoice } from "../i18n/voice.ts";
import type { ActionName } from "./actions.ts";
import { type Page, pagesFor } from "./pages.ts";
import { type Theme, THEMES } from "./theme.ts";

/** What an entry does when it is chosen. */
export type Deed =
  | { kind: "go"; path: string }
  | { kind: "act"; action: ActionName }
  | { kind: "theme"; theme: Theme }
  | { kind: "language"; language: Language }
  /** To the page's field of search, or to another page that has one. */
  | { kind: "search"; elsewhere: string }
  | { kind: "keys" }
  | { kind: "sign out" };

/** What the palette offers, and keys do: plain data, so that an island can be given it. */
export interface Entry {
  id: string;
  /** The name of a drawing. */
  icon: Icon;
  label: string;
  /** The label in the language that is not shown, so that it is found by that too. */
  alias: string;
  /** The keys that do the same, pressed one after the other; null when there are none. */
  keys: string | null;
  deed: Deed;
}

type Icon =
  | (Page["icon"] | Theme)
  | ("search" | "start" | "stop" | "retry" | "clear" | "language" | "keyboard" | "signOut");
type Word = keyof typeof entryWords["en"];
type Draft = { word: Word; icon: Icon; keys?: string; deed: Deed };

const THEME_WORDS = {
  system: "themeSystem",
  light: "themeLight",
  dark: "themeDark",
} as const satisfies Record<Theme, Word>;

export interface Visitor {
  language: Language;
  /** Whether the visitor may change something. */
  mayAct: boolean;
  /** Whether there is a session that can be ended. */
  signsOut: boolean;
}

/** Every page and every action that a visitor has, in the order in which they are shown. */
export function entriesFor({ language, mayAct, signsOut }: Visitor): Entry[] {
  const other = language === "zh" ? "en" : "zh";
  const drafts: Draft[] = [
    ...pagesFor({ mayAct }).map(({ path, ...page }) => ({ ...page, deed: go(path) })),
    { word: "wall", icon: "system", keys: "g v", deed: go("/?view=wall") },
    {
      word: "search",
      icon: "search",
      keys: "/",
      deed: { kind: "search", elsewhere: "/articles#search" },
    },
    ...(mayAct ? ACTIONS : []),
    ...THEMES.map((theme): Draft => ({
      word: THEME_WORDS[theme],
      icon: theme,
      deed: { kind: "theme", theme },
    })),
    {
      word: other === "zh" ? "speakChinese" : "speakEnglish",
      icon: "language",
      deed: { kind: "language", language: other },
    },
    { word: "keys", icon: "keyboard", keys: "?", deed: { kind: "keys" } },
  ];
  if (signsOut) drafts.push({ word: "signOut", icon: "signOut", deed: { kind: "sign out" } });
  const { say } = createVoice(language, entryWords[language]);
  const alias = createVoice(other, entryWords[other]);
  return drafts.map(({ word, icon, keys = null, deed }) => ({
    id: word,
    icon,
    label: say(word),
    alias: alias.say(word),
    keys,
    deed,
  }));
}

function go(path: string): Deed {
  return { kind: "go", path };
}

const ACTIONS: readonly Draft[] = [
  { word: "start", icon: "start", keys: "d s", deed: { kind: "act", action: "start" } },
  { word: "stop", icon: "stop", keys: "d x", deed: { kind: "act", action: "stop" } },
  { word: "retry", icon: "retry", keys: "d r", deed: { kind: "act", action: "retry" } },
  // It is asked about first, by the page that asks without scripts too.
  { word: "clear", icon: "clear", keys: "d c", deed: go("/?confirm=clear") },
];
