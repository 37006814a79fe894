import { defineWords } from "./words.ts";

/** The live log's messages. */
export const logWords = defineWords({
  zh: {
    title: "日志",
    latest: "最新的在上，点一行看原文",
    pause: "暂停",
    resume: "继续",
    waiting: "{count} 行新的",
    none: "还没有日志",
    unreadable: "读不到日志：Redis 不可用",
    debug: "调试",
    info: "信息",
    warning: "警告",
    error: "错误",
  },
  en: {
    title: "Log",
    latest: "newest first",
    pause: "Pause",
    resume: "Resume",
    waiting: "{count} new",
    none: "Nothing has been logged yet",
    unreadable: "The log cannot be read: Redis unavailable",
    debug: "debug",
    info: "info",
    warning: "warning",
    error: "error",
  },
});
