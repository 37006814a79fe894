import { isDeepStrictEqual } from "node:util";
import { HttpError } from "fresh";
import { settingChanges } from "../../database/system_settings.ts";
import type { Node } from "../../node/node.ts";
import type { Actor } from "../../wire/actor.ts";
import type { ProcessorSettings, SettingName, SettingsPatch } from "../../wire/settings.ts";

/** The changes among which the author of the latest is sought. */
const SOUGHT = 50;

/**
 * Changes settings that are still as in `base`, and returns all. Throws an `HttpError` 409 that names what was changed
 * meanwhile, and by whom.
 */
export async function changeSettings(
  { settings, database }: Pick<Node, "settings" | "database">,
  { patch, base }: { patch: SettingsPatch; base: SettingsPatch },
  by: Actor,
): Promise<ProcessorSettings> {
  const now = await settings.refresh();
  const names = Object.keys(base) as SettingName[];
  const changed = names.filter((name) =>
    !isDeepStrictEqual(now[name], base[name]) && !isDeepStrictEqual(now[name], patch[name])
  );
  if (changed.length === 0) return await settings.change(patch, by);
  const changes = await settingChanges(database.sql, { limit: SOUGHT });
  const author = changes.find(({ key }) => changed.some((name) => name === key))?.by ?? "?";
  throw new HttpError(409, `${author} has changed ${changed.join(", ")} meanwhile`);
}
