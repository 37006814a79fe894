import { keyboardWords } from "./keyboard_words.ts";
import { referenceWords } from "./reference_words.ts";
import { shellWords } from "./shell_words.ts";
import { defineWords } from "./words.ts";

const { zh, en } = shellWords;

/** The names of the palette's commands; the palette also searches those of the other language. */
export const commandWords = defineWords({
  zh: {
    overview: zh.overview,
    failures: zh.failures,
    articles: zh.articles,
    workers: zh.workers,
    timeline: zh.timeline,
    alerts: zh.alerts,
    logs: zh.logs,
    import: zh.import,
    settings: zh.settings,
    reference: referenceWords.zh.title,
    wall: "大屏视图",
    search: "搜索文章",
    start: "启动处理",
    stop: "停止处理",
    retry: "重试失败的文章",
    clear: "清除死信…",
    themeSystem: "主题：跟随系统",
    themeLight: "主题：浅色",
    themeDark: "主题：深色",
    speakEnglish: "语言：English",
    speakChinese: "语言：中文",
    keys: keyboardWords.zh.keys,
    signOut: zh.signOut,
  },
  en: {
    overview: en.overview,
    failures: en.failures,
    articles: en.articles,
    workers: en.workers,
    timeline: en.timeline,
    alerts: en.alerts,
    logs: en.logs,
    import: en.import,
    settings: en.settings,
    reference: referenceWords.en.title,
    wall: "Wall view",
    search: "Search articles",
    start: "Start processing",
    stop: "Stop processing",
    retry: "Retry failed articles",
    clear: "Clear dead letters…",
    themeSystem: "Theme: system",
    themeLight: "Theme: light",
    themeDark: "Theme: dark",
    speakEnglish: "Language: English",
    speakChinese: "Language: 中文",
    keys: keyboardWords.en.keys,
    signOut: en.signOut,
  },
});
