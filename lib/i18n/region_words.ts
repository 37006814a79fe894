import { defineWords } from "./words.ts";

/** The messages of a list whose updates are held back. */
export const regionWords = defineWords({
  zh: { newer: "{count} 条新的" },
  en: { newer: "{count} new" },
});
