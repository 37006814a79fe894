import type { SentenceTable } from "./sentence.ts";

/** Why an article failed, in messages of Millrace itself. */
export const OUTCOME_SENTENCES = {
  article_timed_out: [
    "Cannot process the article: it takes longer than {limit} s",
    "处理超过 {limit} 秒",
  ],
  article_not_waited_for: [
    "Cannot process the article: it takes longer than {limit} s, and too many others wait for the full {full} s",
    "处理超过 {limit} 秒；等着用满 {full} 秒的文章太多",
  ],
  article_crashed: [
    "Cannot process the article: it ended its worker: {reason}",
    "弄垮了处理它的线程：{reason}",
  ],
  worker_out_of_memory: [
    "Worker terminated due to reaching memory limit: JS heap out of memory",
    "内存用尽",
  ],
  worker_ended: ["it ended with code {exit}", "退出码 {exit}"],
  worker_unstoppable: ["it does not stop", "停不下来"],
  article_missing: ["There is no article with the id {id} (yet).", "还没有编号为 {id} 的文章"],
  article_refused: [
    "Postgres refuses to read the article: {reason}",
    "Postgres 读不出这篇文章：{reason}",
  ],
  outcome_refused: ["Postgres refuses the result: {reason}", "Postgres 拒绝保存结果：{reason}"],
} as const satisfies SentenceTable;
