import * as v from "valibot";

const settings = v.object({
  enabled: v.boolean(),
  concurrency: v.number(),
  batch_size: v.number(),
  retry_max: v.number(),
  min_paragraph_length: v.number(),
  time_limit_seconds: v.number(),
  advertising_phrases: v.array(v.string()),
});

/** The settings as pages know them. */
export type ShownSettings = v.InferOutput<typeof settings>;
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

const value = v.union([v.boolean(), v.number(), v.string(), v.array(v.string())]);
export type SettingValue = v.InferOutput<typeof value>;

const settingChange = v.object({
  id: v.number(),
  /** Milliseconds since the epoch. */
  at: v.number(),
  by: v.string(),
  name: v.keyof(settings),
  /** What held before. */
  old: value,
  new: value,
});

/** One change of one setting. */
export type ShownChange = v.InferOutput<typeof settingChange>;

export const settingsView = v.object({
  /** A name for the settings: nodes that work by equal ones report the same. */
  version: v.string(),
  settings,
  /** The newest changes, newest first. */
  changes: v.array(settingChange),
});

/** The settings, and how they came to be. */
export type SettingsView = v.InferOutput<typeof settingsView>;

const reason = v.variant("kind", [
  v.object({ kind: v.literal("too_short"), minLength: v.number() }),
  v.object({ kind: v.literal("advertising"), phrase: v.string() }),
]);

export const settingsPreview = v.object({
  articles: v.number(),
  changed: v.number(),
  gained: v.number(),
  lost: v.number(),
  examples: v.array(v.object({
    id: v.number(),
    title: v.string(),
    unchanged: v.number(),
    more: v.number(),
    changes: v.array(v.object({
      kind: v.picklist(["gained", "lost"]),
      position: v.number(),
      text: v.string(),
      reason,
    })),
  })),
});

/** What a change of the settings would do to recent articles. */
export type SettingsPreview = v.InferOutput<typeof settingsPreview>;
