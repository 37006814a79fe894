import { isLanguage, type Language, LANGUAGE_COOKIE } from "./language.ts";
import { readPreference } from "./preference_cookie.ts";

/**
 * Returns the language for a reader by the headers of the request: the one in the cookie, which the reader chose on a
 * page, else the first supported one of `Accept-Language`, else English.
 */
export function chooseLanguage(headers: Headers): Language {
  return requestedLanguage(headers) ?? "en";
}

/** Returns the language that a client requests, as `chooseLanguage` does; null if it requests none. */
export function requestedLanguage(headers: Headers): Language | null {
  const chosen = readPreference(headers.get("cookie"), LANGUAGE_COOKIE);
  if (isLanguage(chosen)) return chosen;
  const wanted = (headers.get("accept-language") ?? "").split(",").map(readRange).filter((
    { weight },
  ) => weight > 0);
  wanted.sort((a, b) => b.weight - a.weight);
  return wanted.map(({ primary }) => primary).find(isLanguage) ?? null;
}

/** One range of an `Accept-Language` header, such as `zh-CN;q=0.9`. */
function readRange(range: string): { primary: string; weight: number } {
  const [tag = "", ...parameters] = range.split(";");
  const quality = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find(Boolean);
  const primary = tag.trim().split("-", 1)[0]!.toLowerCase();
  return { primary, weight: quality === undefined ? 1 : Number(quality) || 0 };
}
