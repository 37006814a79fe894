import { defineWords } from "./words.ts";

/** Whether the stream keeps up, and where its time goes. */
export const outlookWords = defineWords({
  zh: {
    keepingUp: "跟得上：进来多少就处理多少。",
    catchingUp: "正在追赶：积压大约 {time}后清空。",
    catchingUpRange: "正在追赶：积压将在 {from} 到 {to}后清空。",
    behind: "跟不上：每秒多积压 {growth} 篇。",
    behindDatabase: "跟不上：数据库占用了 {percent} 的时间，每秒多积压 {growth} 篇。",
    behindWorkers: "跟不上：工作线程占用了 {percent} 的时间，每秒多积压 {growth} 篇。",
    backlogRange: "{from} 到 {to}后清空",
    backlogGrows: "积压在增加",
    backlogSteady: "积压保持不变",
    oldest: "最早的已等待 {time}",
    stages: "时间花在哪里",
    stageLoad: "读取",
    stageClean: "清洗",
    stageAnnotate: "注音",
    stageSave: "保存",
    stageShare: "{name} {percent}",
  },
  en: {
    keepingUp: "Keeping up: as much goes out as comes in.",
    catchingUp: "Catching up: the backlog will be empty in about {time}.",
    catchingUpRange: "Catching up: the backlog will be empty in {from} to {to}.",
    behind: "Falling behind: {growth} articles more wait each second.",
    behindDatabase:
      "Falling behind: the database takes {percent} of the time; {growth} articles more wait each second.",
    behindWorkers:
      "Falling behind: the workers take {percent} of the time; {growth} articles more wait each second.",
    backlogRange: "Empty in {from} to {to}",
    backlogGrows: "Growing",
    backlogSteady: "Neither growing nor shrinking",
    oldest: "The oldest has waited {time}",
    stages: "Where the time goes",
    stageLoad: "Load",
    stageClean: "Clean",
    stageAnnotate: "Annotate",
    stageSave: "Save",
    stageShare: "{name} {percent}",
  },
});
