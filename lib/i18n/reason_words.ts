import { defineWords } from "./words.ts";

/** Why an article fails, in a word or two. */
export const reasonWords = defineWords({
  zh: {
    reason_threw: "处理出错",
    reason_timed_out: "超时",
    reason_crashed: "线程崩溃",
    reason_missing: "找不到文章",
    reason_unknown: "原因不明",
  },
  en: {
    reason_threw: "Threw an error",
    reason_timed_out: "Took too long",
    reason_crashed: "Crashed its worker",
    reason_missing: "Article missing",
    reason_unknown: "Unknown cause",
  },
});
