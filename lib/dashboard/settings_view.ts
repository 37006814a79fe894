import * as z from "zod/mini";

const settings = z.object({
  enabled: z.boolean(),
  concurrency: z.number(),
  batch_size: z.number(),
  retry_max: z.number(),
  min_paragraph_length: z.number(),
  time_limit_seconds: z.number(),
  advertising_phrases: z.array(z.string()),
});

/** The settings as pages know them. */
export type ShownSettings = z.infer<typeof settings>;
export type SettingName = keyof ShownSettings;

/** The settings that are whole numbers, in the order of the form. */
export const NUMBER_FIELDS = [
  "min_paragraph_length",
  "concurrency",
  "batch_size",
  "retry_max",
  "time_limit_seconds",
] as const satisfies SettingName[];
export type NumberField = typeof NUMBER_FIELDS[number];

/** What each number can be. */
export type FieldBounds = Record<NumberField, { least: number; most: number }>;

const value = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);
export type SettingValue = z.infer<typeof value>;

const settingChange = z.object({
  id: z.number(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  by: z.string(),
  name: z.keyof(settings),
  /** What held before. */
  old: value,
  new: value,
});

/** One change of one setting. */
export type ShownChange = z.infer<typeof settingChange>;

export const settingsView = z.object({
  /** A name for the settings: nodes that work by equal ones report the same. */
  version: z.string(),
  settings,
  /** The newest changes, newest first. */
  changes: z.array(settingChange),
});

/** The settings, and how they came to be. */
export type SettingsView = z.infer<typeof settingsView>;

const reason = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("too_short"), minLength: z.number() }),
  z.object({ kind: z.literal("advertising"), phrase: z.string() }),
]);

export const settingsPreview = z.object({
  articles: z.number(),
  changed: z.number(),
  gained: z.number(),
  lost: z.number(),
  examples: z.array(z.object({
    id: z.number(),
    title: z.string(),
    unchanged: z.number(),
    more: z.number(),
    changes: z.array(z.object({
      kind: z.enum(["gained", "lost"]),
      position: z.number(),
      text: z.string(),
      reason,
    })),
  })),
});

/** What a change of the settings would do to recent articles. */
export type SettingsPreview = z.infer<typeof settingsPreview>;
