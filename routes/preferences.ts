import { HttpError } from "fresh";
import { define } from "../define.ts";
import { isTheme, THEME_COOKIE } from "../lib/dashboard/theme.ts";
import { formFields } from "../lib/http/form_fields.ts";
import { only } from "../lib/http/methods.ts";
import { ownPath } from "../lib/http/own_path.ts";
import { isLanguage, LANGUAGE_COOKIE } from "../lib/i18n/language.ts";
import { preferenceCookie } from "../lib/i18n/preference.ts";

const MAX_BYTES = 16 * 1024;

/** Remembers in cookies how a visitor wants the pages: their language, their colours. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const language = form.get("language");
    const theme = form.get("theme");
    if (language !== null && !isLanguage(language)) throw new HttpError(400, "language is unknown");
    if (theme !== null && !isTheme(theme)) throw new HttpError(400, "theme is unknown");
    const answer = ctx.redirect(ownPath(form.get("back")), 303);
    const { headers } = answer;
    if (language) headers.append("set-cookie", preferenceCookie(LANGUAGE_COOKIE, language));
    if (theme) headers.append("set-cookie", preferenceCookie(THEME_COOKIE, theme));
    return answer;
  },
});
