import { HttpError } from "fresh";
import { type Draft, draftOf, patchOf } from "../dashboard/settings_draft.ts";
import type { ShownSettings } from "../dashboard/settings_view.ts";
import { processorSettings, type SettingsPatch, settingsPatch } from "../processor/settings.ts";
import { checked } from "./checked.ts";

/** What a form of settings asks for: what stood in it, and what that changes. */
export interface SettingsForm {
  draft: Draft;
  /** The settings that the form was made from. */
  from: ShownSettings;
  patch: SettingsPatch;
}

/**
 * Reads the settings page's form. What the form was made from travels with it, so that a field that
 * nobody touched changes nothing. Throws an `HttpError` 400 that names what cannot be.
 */
export function readSettingsForm(form: FormData): SettingsForm {
  const from = baseOf(form);
  const given = Object.entries(draftOf(from)).map(([name, text]) => {
    const field = form.get(name);
    return [name, typeof field === "string" ? field : text];
  });
  const draft: Draft = { ...draftOf(from), ...Object.fromEntries(given) };
  return { draft, from, patch: checked(settingsPatch, patchOf(draft, from)) };
}

function baseOf(form: FormData): ShownSettings {
  try {
    return processorSettings.parse(JSON.parse(String(form.get("base"))));
  } catch (error) {
    throw new HttpError(400, "The form is not of this version; reload the page", { cause: error });
  }
}
