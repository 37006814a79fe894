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
