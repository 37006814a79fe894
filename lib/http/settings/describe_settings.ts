import { isDeepStrictEqual } from "node:util";
import type { SettingsView, ShownChange } from "../../dashboard/settings/settings_view.ts";
import { type SettingChange, settingChanges } from "../../database/system_settings.ts";
import {
  defaultSettings,
  processorSettings,
  type SettingName,
  settingName,
} from "../../wire/settings.ts";
import { settingsVersion } from "../../processor/settings_version.ts";
import type { Node } from "../../node/node.ts";

const SHOWN_CHANGES = 50;

/** Returns the current settings and their last changes. Throws `DatabaseUnreachableError`. */
export async function readSettingsView(node: Node): Promise<SettingsView> {
  const [settings, changes] = await Promise.all([
    node.settings.refresh(),
    settingChanges(node.database.sql, { limit: SHOWN_CHANGES }),
  ]);
  return { settings, version: settingsVersion(settings), changes: changes.flatMap(shown) };
}

/** A change of one of Millrace's settings; the table may contain others, and the first setting of a default. */
function shown({ id, at, by, key, old, new: after }: SettingChange): ShownChange[] {
  const name = settingName.safeParse(key).data;
  if (name === undefined) return [];
  const value = valueOf(name, after);
  // An unset value was the default.
  const before = valueOf(name, old) ?? defaultSettings(navigator.hardwareConcurrency)[name];
  return value === null || isDeepStrictEqual(value, before)
    ? []
    : [{ id, at, by, name, old: before, new: value }];
}

function valueOf(name: SettingName, value: unknown): ShownChange["new"] | null {
  return processorSettings.shape[name].safeParse(value).data ?? null;
}
