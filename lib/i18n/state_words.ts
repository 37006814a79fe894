import { defineWords } from "./words.ts";

/** The names of an article's states. */
export const stateWords = defineWords({
  zh: {
    state_pending: "等待",
    state_retry: "待重试",
    state_dead: "死信",
    state_processed: "已处理",
    state_discarded: "已丢弃",
  },
  en: {
    state_pending: "Waiting",
    state_retry: "To retry",
    state_dead: "Dead",
    state_processed: "Processed",
    state_discarded: "Discarded",
  },
});
