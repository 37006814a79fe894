import type { Context } from "fresh";
import { define, type State } from "../define.ts";
import { authorize } from "../lib/http/authorize.ts";
import { hardenPages } from "../lib/http/harden.ts";
import { pickLanguage } from "../lib/i18n/language.ts";

function chooseLanguage(ctx: Context<State>): Promise<Response> {
  const { headers } = ctx.req;
  ctx.state.language = pickLanguage(headers.get("accept-language"), headers.get("cookie"));
  return ctx.next();
}

export default define.middleware([hardenPages, chooseLanguage, authorize]);
