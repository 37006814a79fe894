import { defineWords } from "./words.ts";

/** In place of the source of an article that came without one. */
export const sourceWords = defineWords({
  zh: { byContent: "按内容识别" },
  en: { byContent: "by content" },
});
