import { HttpError } from "fresh";
import { define } from "../define.ts";
import { visitCookie } from "../lib/dashboard/overview/last_visit.ts";
import { basePath } from "../lib/dashboard/shell/base_path.ts";
import { isTheme, THEME_COOKIE, THEMES } from "../lib/dashboard/shell/theme.ts";
import { FORM_OUTDATED, formFields } from "../lib/http/form_fields.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { safeRedirectPath } from "../lib/http/safe_redirect.ts";
import { isLanguage, LANGUAGE_COOKIE, LANGUAGES } from "../lib/i18n/language.ts";
import { preferenceCookie } from "../lib/i18n/preference_cookie.ts";

const MAX_BYTES = 16 * 1024;

/** Stores preferences in cookies: language, theme, and the dismissed summary. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const language = form.get("language");
    const theme = form.get("theme");
    if (language !== null && !isLanguage(language)) {
      throw new HttpError(400, `language must be one of ${LANGUAGES.join(", ")}`);
    }
    if (theme !== null && !isTheme(theme)) {
      throw new HttpError(400, `theme must be one of ${THEMES.join(", ")}`);
    }
    const visit = form.get("visit");
    if (visit !== null && visit !== "seen") throw new HttpError(400, FORM_OUTDATED);
    const answer = ctx.redirect(safeRedirectPath(form.get("back")), 303);
    const { headers } = answer;
    if (language) {
      headers.append("set-cookie", preferenceCookie(LANGUAGE_COOKIE, language, basePath()));
    }
    if (theme) headers.append("set-cookie", preferenceCookie(THEME_COOKIE, theme, basePath()));
    if (visit) {
      const seen = ctx.state.node.clock.now();
      headers.append("set-cookie", visitCookie({ seen, since: null }));
    }
    return answer;
  },
});
