import { requestedLanguage } from "../i18n/choose_language.ts";
import { wordMessage } from "../i18n/refusals/word_message.ts";
import { createRecentMap } from "../runtime/recent_map.ts";

const DEPENDS_ON = ["Accept-Language", "Cookie"];

/** The wordings of the latest messages: open import pages request the same thousands of lines every two seconds. */
const recent = createRecentMap<string, string>(10_000);
const LONGEST_KEPT = 300;

/** Words a message for the reader of a response. Programs get the English sentence with the names of fields. */
export function localizeMessage(request: Request, message: string): string {
  const language = requestedLanguage(request.headers);
  if (language === null) return message;
  const key = `${language} ${message}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const worded = wordMessage(language, message);
  if (message.length <= LONGEST_KEPT) recent.set(key, worded);
  return worded;
}

/** Marks a response as one that depends on the reader's language, and returns it. */
export function varyByLanguage(response: Response): Response {
  const known = (response.headers.get("vary") ?? "").toLowerCase().split(/\s*,\s*/);
  for (const name of DEPENDS_ON) {
    if (!known.includes(name.toLowerCase())) response.headers.append("vary", name);
  }
  return response;
}
