import { defineWords } from "./words.ts";

/** The processing stages, and their shares of the time. */
export const stageWords = defineWords({
  zh: {
    stages: "时间花在哪里",
    stageLoad: "读取",
    stageClean: "清洗",
    stageAnnotate: "注音",
    stageSave: "保存",
    stageRestart: "重启线程",
  },
  en: {
    stages: "Where the time goes",
    stageLoad: "Load",
    stageClean: "Clean",
    stageAnnotate: "Pinyin",
    stageSave: "Save",
    stageRestart: "Restarts",
  },
});
