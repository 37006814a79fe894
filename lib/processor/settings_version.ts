import { createHash } from "node:crypto";
import type { ProcessorSettings } from "../wire/settings.ts";

/** A cache: each report needs the version, and the object changes only with the settings. */
const known = new WeakMap<ProcessorSettings, string>();

/**
 * Returns a hash of the settings, equal on every node for equal settings. By the hash in a node's report,
 * viewers see whether it applies the displayed settings.
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
