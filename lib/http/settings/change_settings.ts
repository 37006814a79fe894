import { HttpError } from "fresh";
import { settingChanges } from "../../database/system_settings.ts";
import type { Node } from "../../node/node.ts";
import { SettingsChangedError } from "../../processor/settings_store.ts";
import type { Actor } from "../../wire/actor.ts";
import type { ProcessorSettings, SettingsPatch } from "../../wire/settings.ts";

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
  try {
    return await settings.change(patch, by, base);
  } catch (error) {
    if (!(error instanceof SettingsChangedError)) throw error;
    const { changed } = error;
    const changes = await settingChanges(database.sql, { limit: SOUGHT });
    const author = changes.find(({ key }) => changed.some((name) => name === key))?.by ?? "?";
    throw new HttpError(409, `${author} has changed ${changed.join(", ")} meanwhile`);
  }
}
