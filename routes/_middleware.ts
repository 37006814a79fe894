import type { Context } from "fresh";
import { define, type State } from "../define.ts";
import { authorize } from "../lib/http/authorize.ts";
import { setPageHeaders } from "../lib/http/security_headers.ts";
import { varyByLanguage } from "../lib/http/localize_message.ts";
import { chooseLanguage } from "../lib/i18n/choose_language.ts";

async function setLanguage(ctx: Context<State>): Promise<Response> {
  ctx.state.language = chooseLanguage(ctx.req.headers);
  const response = await ctx.next();
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  return isPage ? varyByLanguage(response) : response;
}

export default define.middleware([setPageHeaders, setLanguage, authorize]);
