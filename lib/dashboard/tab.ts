import type { LinkState } from "./live_socket.ts";
import type { Condition } from "./status_model.ts";

/** What the tab's icon tells; there is a file `static/icon-*.svg` for each. */
export type TabState = "running" | "stopped" | "trouble" | "lost";

/** The id of the page's `<link rel="icon">`. */
export const ICON_ID = "icon";

export function tabState(link: LinkState, condition: Condition): TabState {
  if (link.kind === "waiting" || link.kind === "stale" || link.kind === "signed out") return "lost";
  switch (condition) {
    case "running":
      return "running";
    case "stopped":
    case "unknown":
      return "stopped";
    case "broker away":
    case "database away":
      return "trouble";
  }
}

let ownTitle: string | null = null;

/** Shows a state in the tab of this page: in words before the page's own title, and by the icon. */
export function showInTab(state: TabState, words: string): void {
  ownTitle ??= document.title;
  const title = `${words} — ${ownTitle}`;
  const [icon, href] = [document.getElementById(ICON_ID), `/icon-${state}.svg`];
  // What is set is drawn anew, also when it is the same.
  if (document.title !== title) document.title = title;
  if (icon?.getAttribute("href") !== href) icon?.setAttribute("href", href);
}
