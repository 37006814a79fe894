import { createDefine } from "fresh";
import type { AuthorizedRequest } from "./lib/http/authorized_request.ts";
import type { Language } from "./lib/i18n/language.ts";

/** The state of every request. */
export interface State extends AuthorizedRequest {
  language: Language;
  /** The number of failed articles of a page that shows it, which the navigation then shows, too. */
  failed?: number;
}

export const define = createDefine<State>();
