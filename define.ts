import { createDefine } from "fresh";
import type { AuthorizedRequest } from "./lib/http/authorized_request.ts";
import type { Language } from "./lib/i18n/language.ts";

/** The state of every request. */
export interface State extends AuthorizedRequest {
  language: Language;
}

export const define = createDefine<State>();
