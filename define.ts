import { createDefine } from "fresh";
import type { Language } from "./lib/i18n/language.ts";
import type { Node } from "./lib/runtime/node.ts";

/** What every request carries. */
export interface State {
  node: Node;
  language: Language;
  /** What this visitor may do: everything, or only look. */
  role: "admin" | "viewer";
}

export const define = createDefine<State>();
