import { type SettingName, SETTINGS } from "../../wire/settings.ts";
import { alertsWords } from "../alerts_words.ts";
import { articlesWords } from "../articles_words.ts";
import { articleWords } from "../article_words.ts";
import type { Language } from "../language.ts";
import { settingsWords } from "../settings_words.ts";
import { shellWords } from "../shell_words.ts";
import { defineWords, type Message } from "../words.ts";

/** Labels of fields that no form labels with words of their own. */
const ownWords = defineWords({
  zh: { secret: "签名密钥", notify_resolved: "恢复时通知", content: "正文", group_id: "分组编号" },
  en: {
    secret: "Signing key",
    notify_resolved: "Notify when it is over",
    content: "Text",
    group_id: "Group number",
  },
});

/** The label of each field that has one, by its name in JSON. */
function labelsIn(language: Language): ReadonlyMap<string, Message> {
  const settings = settingsWords[language];
  const alerts = alertsWords[language];
  const article = articleWords[language];
  const { title, state } = articlesWords[language];
  const { theme } = shellWords[language];
  const names = Object.keys(SETTINGS) as SettingName[];
  return new Map<string, Message>([
    ...names.map((name) => [name, settings[name]] as const),
    ...Object.entries({
      name: alerts.name,
      measure: alerts.measure,
      threshold: alerts.threshold,
      for_seconds: alerts.duration,
      target_ids: alerts.targets,
      browser: alerts.browser,
      enabled: alerts.enabled,
      kind: alerts.kind,
      url: alerts.url,
      language: alerts.language,
      source: article.source,
      group: article.group,
      author: article.field_author,
      published: article.field_published,
      tags: article.field_tags,
      title,
      state,
      theme,
      ...ownWords[language],
    }),
  ]);
}

const LABELS: Readonly<Record<Language, ReadonlyMap<string, Message>>> = {
  zh: labelsIn("zh"),
  en: labelsIn("en"),
};

const ITEM: Readonly<Record<Language, (label: string, number: number) => string>> = {
  zh: (label, number) => `${label}（第 ${number} 项）`,
  en: (label, number) => `${label} (item ${number})`,
};

/** Returns the label of a field, or of an item such as `ids[3]` of one; the path itself if it has none. */
export function fieldLabel(language: Language, path: string): string {
  const [, list = path, index] = /^(\w+)\[(\d+)\]$/.exec(path) ?? [];
  const label = LABELS[language].get(list);
  if (typeof label !== "string") return path;
  return index === undefined ? label : ITEM[language](label, Number(index) + 1);
}
