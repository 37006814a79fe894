/** The pages, in display order and groups; `word` is the key of the name in the shell's words. */
export const PAGES = [
  { path: "/", word: "overview", icon: "overview", keys: "g o", changes: false, group: "now" },
  { path: "/workers", word: "workers", icon: "workers", keys: "g w", changes: false, group: "now" },
  {
    path: "/failures",
    word: "failures",
    icon: "failures",
    keys: "g f",
    changes: false,
    group: "articles",
  },
  {
    path: "/articles",
    word: "articles",
    icon: "articles",
    keys: "g a",
    changes: false,
    group: "articles",
  },
  {
    path: "/events",
    word: "timeline",
    icon: "clock",
    keys: "g t",
    changes: false,
    group: "past",
  },
  { path: "/logs", word: "logs", icon: "logs", keys: "g l", changes: false, group: "past" },
  {
    path: "/alerts",
    word: "alerts",
    icon: "bell",
    keys: "g e",
    changes: false,
    group: "tools",
  },
  { path: "/import", word: "import", icon: "upload", keys: "g i", changes: true, group: "tools" },
  {
    path: "/settings",
    word: "settings",
    icon: "settings",
    keys: "g s",
    changes: false,
    group: "tools",
  },
] as const;

export type Page = typeof PAGES[number];

/** Returns the pages for an actor: viewers do not get pages that only serve changes. */
export function pagesFor({ mayAct }: { mayAct: boolean }): readonly Page[] {
  return PAGES.filter(({ changes }) => mayAct || !changes);
}
