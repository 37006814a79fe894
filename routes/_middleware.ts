import type { Context } from "fresh";
import { define, type State } from "../define.ts";
import { authorize } from "../lib/http/authorize.ts";
import { hardenPages } from "../lib/http/security_headers.ts";
import { varying } from "../lib/http/for_reader.ts";
import { pickLanguage } from "../lib/i18n/language.ts";

async function chooseLanguage(ctx: Context<State>): Promise<Response> {
  const { headers } = ctx.req;
  ctx.state.language = pickLanguage(headers.get("accept-language"), headers.get("cookie"));
  const response = await ctx.next();
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  return isPage ? varying(response) : response;
}

export default define.middleware([hardenPages, chooseLanguage, authorize]);
