import { HttpError } from "fresh";
import { groupOf } from "../../article/readings/group_line.ts";
import { missingGroups } from "../../database/groups.ts";
import type { Sql } from "../../database/postgres_client.ts";
import { type SettingChange, settingChanges } from "../../database/system_settings.ts";
import type { Node } from "../../node/node.ts";
import { SettingsChangedError } from "../../processor/settings_store.ts";
import type { Actor } from "../../wire/actor.ts";
import type { ProcessorSettings, SettingName, SettingsPatch } from "../../wire/settings.ts";

/** The changes among which the author of the latest is sought. */
const SOUGHT = 50;

/**
 * Changes settings that are still as in `base`, and returns all. Throws an `HttpError` 409 that names what was changed
 * meanwhile and by whom, or what it is if the author is not known; 400 if a group of a line
 * does not exist.
 */
export async function changeSettings(
  { settings, database }: Pick<Node, "settings" | "database">,
  { patch, base }: { patch: SettingsPatch; base: SettingsPatch },
  by: Actor,
): Promise<ProcessorSettings> {
  await assertGroups(database.sql, patch.reading_styles_by_group ?? []);
  try {
    return await settings.change(patch, by, base);
  } catch (error) {
    if (!(error instanceof SettingsChangedError)) throw error;
    const changes = await settingChanges(database.sql, { limit: SOUGHT });
    throw new HttpError(409, describeConflict(error, changes, base));
  }
}

async function assertGroups(sql: Sql, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const ids = lines.map((line) => Number(groupOf(line)));
  const [missing] = await missingGroups(sql, ids);
  if (missing === undefined) return;
  const field = `reading_styles_by_group[${ids.indexOf(missing)}]`;
  throw new HttpError(400, `${field} names group ${missing}, which does not exist`);
}

/** Names the latest author and what that changed; or the values, if none of them has a known author. */
function describeConflict(
  { changed, current }: SettingsChangedError,
  changes: readonly SettingChange[],
  base: SettingsPatch,
): string {
  const authorOf = (name: SettingName) => changes.find(({ key }) => key === name)?.by;
  const author = changes.find(({ key }) => changed.some((name) => name === key))?.by;
  if (author !== undefined) {
    const names = changed.filter((name) => authorOf(name) === author);
    return `${author} has changed ${names.join(", ")} meanwhile`;
  }
  return changed.map((name) =>
    Array.isArray(current[name])
      ? `${name} differs from base`
      : `${name} is ${current[name]}, not ${base[name]}`
  ).join("; ");
}
