import { defineWords } from "./words.ts";

/**
 * The texts of the article's steps: each one's setting with its help and options, and its reason to drop a
 * paragraph.
 */
export const stepWords = defineWords({
  zh: {
    extraction: "网页正文提取",
    extraction_help: "整张网页只保留正文，去掉菜单、推荐、评论等。拿不准的段落会保留。",
    option_auto: "自动",
    option_off: "关闭",
    dropped_chrome: "不属于正文",
    min_paragraph_length: "段落最少字数",
    min_paragraph_length_help:
      "更短的段落（标题、图注、署名）会被舍弃。完整的中文句子达到五分之三即可保留。",
    dropped_too_short: "太短：{count} 个字，至少要 {least} 个",
    advertising_phrases: "广告用语",
    advertising_phrases_help:
      "每行一个，不分大小写、全半角和繁简。标明是广告、含有两处迹象，或很短又含有其中一个的段落会被舍弃。",
    dropped_advertising: "广告：“{phrase}”",
  },
  en: {
    extraction: "Article extraction",
    extraction_help:
      "Keeps the article of a whole web page and leaves out menus, recommendations, and comments. In doubt, a paragraph is kept.",
    option_auto: "Automatic",
    option_off: "Off",
    dropped_chrome: "Not part of the article",
    min_paragraph_length: "Shortest paragraph",
    min_paragraph_length_help:
      "Shorter paragraphs (headings, captions, bylines) are left out. A complete Chinese sentence needs only three fifths of it.",
    dropped_too_short: {
      one: "Too short: {count} character of at least {least}",
      other: "Too short: {count} characters of at least {least}",
    },
    advertising_phrases: "Advertising phrases",
    advertising_phrases_help:
      "One per line, in any case or width, simplified or traditional. A paragraph is left out if it is labeled as advertising, shows two signs of it, or is short and contains one of these.",
    dropped_advertising: "Advertising: “{phrase}”",
  },
});
