import { failureWords } from "./failure_words.ts";
import { defineWords } from "./words.ts";

/** What came of an action on the stream as a whole. */
export const actionWords = defineWords({
  zh: {
    ...failureWords.zh,
    dismiss: "关闭",
    startDone: "已启动。",
    stopDone: "已停止。",
    retryDone: "{count} 篇失败的文章已重新排队。",
    clearDone: "已清空 {count} 条死信。",
    sampleDone: "已导入 {count} 篇示例文章。",
    startFailed: "未能启动：{reason}",
    stopFailed: "未能停止：{reason}",
    retryFailed: "未能重试：{reason}",
    clearFailed: "未能清空：{reason}",
    sampleFailed: "未能导入示例：{reason}",
  },
  en: {
    ...failureWords.en,
    dismiss: "Dismiss",
    startDone: "Started.",
    stopDone: "Stopped.",
    retryDone: {
      one: "{count} failed article is queued again.",
      other: "{count} failed articles are queued again.",
    },
    clearDone: {
      one: "{count} dead letter is cleared.",
      other: "{count} dead letters are cleared.",
    },
    sampleDone: {
      one: "{count} sample article is imported.",
      other: "{count} sample articles are imported.",
    },
    startFailed: "Not started: {reason}",
    stopFailed: "Not stopped: {reason}",
    retryFailed: "Not retried: {reason}",
    clearFailed: "Not cleared: {reason}",
    sampleFailed: "The sample is not imported: {reason}",
  },
});
