import type { SettingsView, ShownChange } from "../dashboard/settings_view.ts";
import { type SettingChange, settingChanges } from "../database/settings.ts";
import {
  defaultSettings,
  type ProcessorSettings,
  processorSettings,
} from "../processor/settings.ts";
import { settingsVersion } from "../processor/settings_version.ts";
import type { Node } from "../runtime/node.ts";

const SHOWN_CHANGES = 50;

/** The settings as they are now, and their last changes. Throws `DatabaseUnreachableError`. */
export async function readSettingsView(node: Node): Promise<SettingsView> {
  const [settings, changes] = await Promise.all([
    node.settings.refresh(),
    settingChanges(node.database.sql, { limit: SHOWN_CHANGES }),
  ]);
  return { settings, version: settingsVersion(settings), changes: changes.flatMap(shown) };
}

/** A change of a setting of ours; other programs keep theirs in the same table. */
function shown({ id, at, by, key, old, new: after }: SettingChange): ShownChange[] {
  const name = processorSettings.keyof().safeParse(key).data;
  if (name === undefined) return [];
  const value = valueOf(name, after);
  // What had not been set was the default.
  const before = valueOf(name, old) ?? defaultSettings(navigator.hardwareConcurrency)[name];
  return value === null ? [] : [{ id, at, by, name, old: before, new: value }];
}

function valueOf(name: keyof ProcessorSettings, value: unknown): ShownChange["new"] | null {
  return processorSettings.shape[name].safeParse(value).data ?? null;
}
