import { z } from "zod";
import type { ArticleSettings } from "../article/article.ts";
import { DEFAULT_ARTICLE_SETTINGS } from "../article/settings.ts";

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

/** The operator's settings with their bounds, by the names they have in `system_settings` and HTTP. */
export const processorSettings = z.strictObject({
  /** The wish: whether the stream runs. */
  enabled: z.boolean({ error: "must be true or false" }),
  /** Web Workers a node. */
  concurrency: whole(1, 32),
  retry_max: whole(0, 10),
  min_paragraph_length: whole(1, 500),
  /** Articles taken together. */
  batch_size: whole(1, 200),
  /** A paragraph that holds one of these is left out. */
  advertising_phrases: z.array(
    z.string({ error: "must be text" }).trim().min(1, {
      error: "must not hold an empty phrase",
    })
      .max(100, { error: "must hold phrases of at most 100 characters" }),
    { error: "must be a list of phrases" },
  ).max(1000, { error: "must hold at most 1,000 phrases" }),
  /** How long a worker may take over a part of a batch before it is stopped. */
  time_limit_seconds: whole(1, 600),
});

export type ProcessorSettings = z.infer<typeof processorSettings>;

/** A change of some of the settings. */
export const settingsPatch = processorSettings.partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** The settings that hold where the database says nothing. More workers than cores lose. */
export function defaultSettings(cores: number): ProcessorSettings {
  return {
    enabled: true,
    concurrency: Math.max(1, Math.min(3, cores)),
    retry_max: 3,
    min_paragraph_length: DEFAULT_ARTICLE_SETTINGS.minParagraphLength,
    batch_size: 50,
    advertising_phrases: DEFAULT_ARTICLE_SETTINGS.advertisingPhrases,
    time_limit_seconds: 30,
  };
}

/** The part of the settings that the article steps read. */
export function articleSettings(settings: ProcessorSettings): ArticleSettings {
  return {
    minParagraphLength: settings.min_paragraph_length,
    advertisingPhrases: settings.advertising_phrases,
  };
}
