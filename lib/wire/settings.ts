import * as z from "zod/mini";
import {
  defaultsOf,
  type LineFault,
  type SettingSpec,
  type ValueOf,
} from "../article/setting_spec.ts";
import { ARTICLE_SETTINGS, type ArticleSettings } from "../article/article_settings.ts";

/** The operator's settings for the stream. */
export const STREAM_SETTINGS = {
  /** Web Workers on each node. */
  concurrency: { kind: "number", least: 1, most: 32, default: 3 },
  /** Articles taken together. */
  batch_size: { kind: "number", least: 1, most: 200, default: 50 },
  /** Retries before an article becomes a dead letter. */
  retry_max: { kind: "number", least: 0, most: 10, default: 3 },
  /** The timeout of one article, in seconds. */
  time_limit_seconds: { kind: "number", least: 1, most: 600, default: 30 },
  /** The number of pending articles at which intake refuses more; 0: no limit. */
  most_waiting: { kind: "number", least: 0, most: 100_000_000, default: 0 },
  /** The time zone of "processed today", on every node. */
  time_zone: { kind: "zone", default: "UTC" },
} as const satisfies Record<string, SettingSpec>;

/**
 * Every setting, by its name in `system_settings` (after `processor.`) and over HTTP. Schema,
 * bounds, form, preview and documents derive from this table.
 */
export const SETTINGS = {
  /** The desired state: whether the stream should run. Start and stop set it, not the form. */
  enabled: { kind: "switch", default: true },
  ...ARTICLE_SETTINGS,
  ...STREAM_SETTINGS,
} as const satisfies Record<string, SettingSpec>;

export type SettingName = keyof typeof SETTINGS;

/** The options of choices. */
export type SettingOption = {
  [Name in SettingName]: typeof SETTINGS[Name] extends { options: readonly (infer Option)[] }
    ? Option
    : never;
}[SettingName];

const OPTIONS: ReadonlySet<string> = new Set(
  Object.values(SETTINGS).flatMap((spec) => spec.kind === "choice" ? spec.options : []),
);

/** Whether a text is an option of some choice, and so has a label. */
export function isSettingOption(value: string): value is SettingOption {
  return OPTIONS.has(value);
}

/** The value of a setting. */
export const specOf = (name: SettingName): SettingSpec => SETTINGS[name];

// The mapped types keep each name's type, which `fromEntries` loses.
type Shape = { [Name in SettingName]: z.ZodMiniType<ValueOf<typeof SETTINGS[Name]>> };
type PatchShape = { [Name in SettingName]: z.ZodMiniExactOptional<Shape[Name]> };

/** The operator's settings with their bounds; rejects unknown names. */
export const processorSettings = z.strictObject(shapeOf((schema) => schema) as Shape);
export type ProcessorSettings = z.infer<typeof processorSettings>;

/** A partial change of the settings. */
export const settingsPatch = z.strictObject(shapeOf(z.exactOptional) as PatchShape);
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** A change, and optionally the values that it is based on: it is refused if one of them is no longer current. */
export const settingsChange = z.extend(settingsPatch, {
  base: z.exactOptional(
    z.strictObject(settingsPatch.shape, { error: "must be an object" }),
  ),
});

/**
 * Returns the defaults for settings that the database lacks.
 *
 * @param cores The default number of workers, since more workers than cores are slower.
 */
export function defaultSettings(cores: number): ProcessorSettings {
  const defaults = defaultsOf(SETTINGS);
  return { ...defaults, concurrency: Math.max(1, Math.min(defaults.concurrency, cores)) };
}

/** The schema of a setting's name. */
export const settingName = z.enum(Object.keys(SETTINGS) as [SettingName, ...SettingName[]]);

/** The part of the settings that the article steps read. */
export function articleSettings(settings: ProcessorSettings): ArticleSettings {
  const entries = Object.entries(settings).filter(([name]) => isArticleSetting(name));
  return Object.fromEntries(entries) as ArticleSettings;
}

/** The settings that change an article's result, which a preview can show. */
export function isArticleSetting(name: string): name is keyof typeof ARTICLE_SETTINGS {
  return Object.hasOwn(ARTICLE_SETTINGS, name);
}

function shapeOf<Schema>(wrap: (schema: z.ZodMiniType) => Schema): Record<string, Schema> {
  const entries = Object.entries(SETTINGS).map(([name, spec]) => [name, wrap(schemaOf(spec))]);
  return Object.fromEntries(entries);
}

function isTimeZone(name: string): boolean {
  // Only some runtimes accept an offset such as +08:00.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Returns a valid time zone as it is usually written; one in small letters only may get its other name. */
function spelledTimeZone(name: string): string {
  const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
  const isOtherName = timeZone.toLowerCase() !== name.toLowerCase();
  return isOtherName && name !== name.toLowerCase() ? name : timeZone;
}

function describeLineFault(fault: LineFault): string {
  return fault.kind === "syllable"
    ? `has the reading ${fault.syllable}, which is not a syllable of pinyin`
    : `contradicts line ${fault.earlier + 1}`;
}

function schemaOf(spec: SettingSpec): z.ZodMiniType {
  switch (spec.kind) {
    case "switch":
      return z.boolean({ error: "must be true or false" });
    case "number": {
      const error = `must be a whole number from ${spec.least} to ${spec.most}`;
      return z.int({ error }).check(z.gte(spec.least, { error }), z.lte(spec.most, { error }));
    }
    case "choice":
      return z.enum(spec.options, { error: `must be one of ${spec.options.join(", ")}` });
    case "zone": {
      const error = "must be a time zone such as UTC or Asia/Shanghai";
      return z.string({ error }).check(
        z.refine(isTimeZone, { error, abort: true }),
        z.overwrite(spelledTimeZone),
      );
    }
    case "lines": {
      const line = z.string({ error: "must be text" }).check(
        z.trim(),
        z.minLength(1, { error: "must not hold an empty line" }),
        z.maxLength(spec.longest, {
          error: `must hold lines of at most ${spec.longest} characters`,
        }),
        z.regex(spec.form?.pattern ?? /^/, { error: `must look like ${spec.form?.examples}` }),
      );
      const most = `must hold at most ${spec.most.toLocaleString("en")} lines`;
      return z.array(line, { error: "must be a list of lines" })
        .check(
          z.maxLength(spec.most, { error: most }),
          z.superRefine((lines, context) => {
            const areFormed = lines.every((line) => spec.form?.pattern.test(line));
            const fault = areFormed ? spec.findFault?.(lines) ?? null : null;
            if (fault === null) return;
            context.addIssue({
              code: "custom",
              path: [fault.line],
              message: describeLineFault(fault),
              input: lines[fault.line],
            });
          }),
        );
    }
  }
}
