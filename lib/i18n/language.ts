import { readPreference } from "./preference.ts";

/** The supported languages. */
export const LANGUAGES = ["zh", "en"] as const;
export type Language = typeof LANGUAGES[number];

/** The cookie with the chosen language. */
export const LANGUAGE_COOKIE = "language";

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The BCP 47 tag of a language, for `lang` attributes and `Intl`. */
export function localeOf(language: Language): string {
  return language === "zh" ? "zh-CN" : "en";
}

/**
 * Returns the language for a reader: the one chosen before, else the first supported one of the browser's
 * preferences (an `Accept-Language` header), else English. `cookie` is a `Cookie` header.
 */
export function pickLanguage(acceptLanguage: string | null, cookie: string | null): Language {
  return wantedLanguage(acceptLanguage, cookie) ?? "en";
}

/** Returns the language that a client asks for, as `pickLanguage` does; null for one that asks for none. */
export function wantedLanguage(
  acceptLanguage: string | null,
  cookie: string | null,
): Language | null {
  const chosen = readPreference(cookie, LANGUAGE_COOKIE);
  if (isLanguage(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "").split(",").map(readRange).filter(({ weight }) =>
    weight > 0
  );
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
