/** The pages, in the order in which they are shown; `word` names one in the shell's words. */
export const PAGES = [
  { path: "/", word: "overview", icon: "overview", keys: "g o", changes: false },
  { path: "/failures", word: "failures", icon: "failures", keys: "g f", changes: false },
  { path: "/articles", word: "articles", icon: "articles", keys: "g a", changes: false },
  { path: "/workers", word: "workers", icon: "workers", keys: "g w", changes: false },
  { path: "/logs", word: "logs", icon: "logs", keys: "g l", changes: false },
  { path: "/import", word: "import", icon: "upload", keys: "g i", changes: true },
  { path: "/settings", word: "settings", icon: "settings", keys: "g s", changes: false },
] as const;

export type Page = typeof PAGES[number];

/** The pages for a visitor: one whose sole use is to change something is for who may. */
export function pagesFor({ mayAct }: { mayAct: boolean }): readonly Page[] {
  return PAGES.filter(({ changes }) => mayAct || !changes);
}
