import { HttpError } from "fresh";
import {
  type Draft,
  draftOf,
  patchOf,
  readDraft,
} from "../../dashboard/settings/settings_draft.ts";
import {
  type ProcessorSettings,
  processorSettings,
  type SettingsPatch,
  settingsPatch,
} from "../../wire/settings.ts";
import { validate } from "../validate.ts";

/** The submitted settings form: its values, and the changes. */
export interface SettingsForm {
  draft: Draft;
  /** The settings from which the form was rendered. */
  from: ProcessorSettings;
  patch: SettingsPatch;
}

/**
 * Parses the settings form. The form includes the values from which it was rendered, so that untouched fields
 * change nothing. Throws an `HttpError` 400 that names an invalid value.
 */
export function readSettingsForm(form: FormData): SettingsForm {
  const from = baseOf(form);
  const draft: Draft = { ...draftOf(from), ...readDraft(form) };
  return { draft, from, patch: validate(settingsPatch, patchOf(draft, from)) };
}

function baseOf(form: FormData): ProcessorSettings {
  try {
    return processorSettings.parse(JSON.parse(String(form.get("base"))));
  } catch (error) {
    throw new HttpError(400, "The form is not of this version; reload the page", { cause: error });
  }
}
