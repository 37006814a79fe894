import { processorSettings } from "./settings.ts";

/** The settings that are whole numbers, by their names. */
export const NUMBER_SETTINGS = [
  "concurrency",
  "batch_size",
  "retry_max",
  "min_paragraph_length",
  "time_limit_seconds",
] as const;
export type NumberSetting = typeof NUMBER_SETTINGS[number];

/** The least and the most that a setting can be. */
export interface Bounds {
  least: number;
  most: number;
}

/** The bounds of a setting, as its schema has them. */
export function boundsOf(name: NumberSetting): Bounds {
  const { minValue, maxValue } = processorSettings.shape[name];
  if (minValue === null || maxValue === null) throw new TypeError(`${name} has no bounds`);
  return { least: minValue, most: maxValue };
}
