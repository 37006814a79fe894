import type { Shape } from "../../wire/health/health.ts";
import { below } from "./base_path.ts";

/** The id of the page's `<link rel="icon">`. */
export const ICON_ID = "icon";

/** The icon file of each shape, under `static/icons/`. */
const ICONS: Readonly<Record<Shape, string>> = {
  tick: "ok",
  arrow: "up",
  triangle: "warn",
  octagon: "bad",
  cross: "lost",
  pause: "pause",
  ring: "none",
  clock: "stale",
};

let ownTitle: string | null = null;

/** Shows a state in the page's tab: before the title, and by the icon. */
export function showInTab(shape: Shape, words: string): void {
  ownTitle ??= document.title;
  const title = `${words} – ${ownTitle}`;
  const [icon, href] = [document.getElementById(ICON_ID), below(`/icons/${ICONS[shape]}.svg`)];
  // Setting either one repaints it even if unchanged.
  if (document.title !== title) document.title = title;
  if (icon?.getAttribute("href") !== href) icon?.setAttribute("href", href);
}
