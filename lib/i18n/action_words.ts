import { failureWords } from "./failure_words.ts";
import { defineWords } from "./words.ts";

/** The results of actions on the stream as a whole. */
export const actionWords = defineWords({
  zh: {
    ...failureWords.zh,
    dismiss: "关闭",
    undo: "撤销",
    undoDone: "清除已撤销",
    undoFailed: "未能撤销：{reason}",
    startDone: "已启动",
    stopDone: "已停止",
    retryDone: "{count} 篇失败的文章已重新排队",
    clearDone: "已清除 {count} 条死信",
    sampleDone: "已导入 {count} 篇示例文章",
    startFailed: "未能启动：{reason}",
    stopFailed: "未能停止：{reason}",
    retryFailed: "未能重试：{reason}",
    clearFailed: "未能清除：{reason}",
    sampleFailed: "未能导入示例：{reason}",
  },
  en: {
    ...failureWords.en,
    dismiss: "Dismiss",
    undo: "Undo",
    undoDone: "Clearing undone",
    undoFailed: "Could not undo: {reason}",
    startDone: "Started",
    stopDone: "Stopped",
    retryDone: {
      one: "{count} failed article queued again",
      other: "{count} failed articles queued again",
    },
    clearDone: {
      one: "{count} dead letter cleared",
      other: "{count} dead letters cleared",
    },
    sampleDone: {
      one: "{count} sample article imported",
      other: "{count} sample articles imported",
    },
    startFailed: "Could not start: {reason}",
    stopFailed: "Could not stop: {reason}",
    retryFailed: "Could not retry: {reason}",
    clearFailed: "Could not clear: {reason}",
    sampleFailed: "Could not import the sample: {reason}",
  },
});
