import { createHash } from "node:crypto";
import type { ProcessorSettings } from "./settings.ts";

/** Asked for with each report, of the same object as long as nobody changes the settings. */
const known = new WeakMap<ProcessorSettings, string>();

/**
 * A short name for settings: equal ones have the same, on every node. So viewers see by a node's
 * report whether it works by the settings that they look at.
 */
export function settingsVersion(settings: ProcessorSettings): string {
  const version = known.get(settings) ?? digest(settings);
  known.set(settings, version);
  return version;
}

function digest(settings: ProcessorSettings): string {
  const sorted = Object.entries(settings).sort(([one], [other]) => one < other ? -1 : 1);
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 12);
}
