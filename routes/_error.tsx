import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { Wheel } from "../components/Wheel.tsx";
import { define } from "../define.ts";
import { hardening } from "../lib/auth/content_policy.ts";
import { refused } from "../lib/http/answer.ts";
import { isForPrograms } from "../lib/http/for_programs.ts";
import { pickLanguage } from "../lib/i18n/language.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../lib/runtime/errors.ts";

export const config = { skipInheritedLayouts: true };

/** Errors are answered outside the middlewares, so this answer brings the headers that they give. */
export const handler = define.handlers(({ req, url, error }) => {
  const headers = hardening(null);
  if (!isForPrograms(url)) return page(undefined, { headers });
  const { status, message } = error instanceof HttpError ? error : new HttpError(500);
  return refused(status, message || `${req.method} ${url.pathname} is not answered`, {
    headers: Object.fromEntries(headers),
  });
});

/** What is shown in place of a page that there is not, or that could not be made. */
export default define.page(({ error, req, url }) => {
  const { headers } = req;
  const language = pickLanguage(headers.get("accept-language"), headers.get("cookie"));
  const { say } = createVoice(language, shellWords[language]);
  const status = error instanceof HttpError ? error.status : 500;

  function explain(): { title: string; text: string } {
    if (status === 404) {
      return { title: say("notFoundTitle"), text: say("notFoundText", { path: url.pathname }) };
    }
    if (error instanceof HttpError && status < 500) {
      return { title: say("refusedTitle"), text: error.message };
    }
    if (error instanceof BrokerUnreachableError || error instanceof DatabaseUnreachableError) {
      return { title: say("awayTitle"), text: say("awayText") };
    }
    return { title: say("errorTitle"), text: say("errorText") };
  }

  const { title, text } = explain();
  return (
    <main class="stand-alone">
      <Head>
        <title>{title} — Millrace</title>
      </Head>
      <Wheel turning="false" />
      <p class="stand-alone-status">{status}</p>
      <h1>{title}</h1>
      <p>{text}</p>
      <a class="button" href="/">{say("backHome")}</a>
    </main>
  );
});
