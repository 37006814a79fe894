import * as z from "zod/mini";
import type { DropReason } from "../../article/process.ts";
import { processorSettings, settingName } from "../../wire/settings.ts";

const value = z.union([z.boolean(), z.number(), z.string(), z.array(z.string())]);
export type SettingValue = z.infer<typeof value>;

const settingChange = z.object({
  id: z.number(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  by: z.string(),
  name: settingName,
  /** The previous value. */
  old: value,
  new: value,
});

/** One change of one setting. */
export type ShownChange = z.infer<typeof settingChange>;

export const settingsView = z.object({
  /** A hash of the settings: nodes that apply equal ones report the same. */
  version: z.string(),
  settings: processorSettings,
  /** The newest changes, newest first. */
  changes: z.array(settingChange),
});

/** The settings with their history. */
export type SettingsView = z.infer<typeof settingsView>;

/** Reasons are written and read by the same version of the program. */
const reason = z.custom<DropReason>((value) =>
  typeof value === "object" && value !== null && "kind" in value
);

export const settingsPreview = z.object({
  articles: z.number(),
  changed: z.number(),
  gained: z.number(),
  lost: z.number(),
  reread: z.number(),
  examples: z.array(z.object({
    id: z.number(),
    title: z.string(),
    unchanged: z.number(),
    more: z.number(),
    changes: z.array(z.union([
      z.object({
        kind: z.enum(["gained", "lost"]),
        position: z.number(),
        text: z.string(),
        reason: z.nullable(reason),
      }),
      z.object({
        kind: z.literal("reread"),
        position: z.number(),
        text: z.string(),
        after: z.string(),
      }),
    ])),
  })),
});

/** The effect of a change of settings on recent articles. */
export type SettingsPreview = z.infer<typeof settingsPreview>;
