import { defineWords } from "./words.ts";

/** The live log's messages. */
export const logWords = defineWords({
  zh: {
    title: "日志",
    latest: "最近 {count} 行，最新的在上面",
    pause: "暂停",
    resume: "继续",
    waiting: "有 {count} 行在等待",
    none: "还没有日志。",
    debug: "调试",
    info: "信息",
    warning: "警告",
    error: "错误",
  },
  en: {
    title: "Log",
    latest: { one: "The latest line", other: "The latest {count} lines, newest first" },
    pause: "Pause",
    resume: "Resume",
    waiting: { one: "{count} line waits", other: "{count} lines wait" },
    none: "Nothing has been logged yet.",
    debug: "debug",
    info: "info",
    warning: "warning",
    error: "error",
  },
});
