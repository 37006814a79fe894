import { HttpError } from "fresh";
import {
  type Draft,
  draftOf,
  patchOf,
  readDraft,
} from "../../dashboard/settings/settings_draft.ts";
import { faultsIn } from "../../dashboard/settings/setting_fault.ts";
import {
  type ProcessorSettings,
  processorSettings,
  type SettingsPatch,
  settingsPatch,
} from "../../wire/settings.ts";
import { FORM_OUTDATED } from "../form_fields.ts";
import { validate } from "../validate.ts";

/** The submitted settings form: its values, and the changes. */
export interface SettingsForm {
  draft: Draft;
  /** The settings from which the form was rendered. */
  from: ProcessorSettings;
  /** Null if a field is faulty. */
  patch: SettingsPatch | null;
}

/**
 * Parses the settings form. The form includes the values from which it was rendered, so that untouched fields
 * change nothing. Throws an `HttpError` 400 when it is not of this version.
 */
export function readSettingsForm(form: FormData): SettingsForm {
  const from = baseOf(form);
  const draft: Draft = { ...draftOf(from), ...readDraft(form) };
  const patch = Object.keys(faultsIn(draft)).length > 0
    ? null
    : validate(settingsPatch, patchOf(draft, from));
  return { draft, from, patch };
}

function baseOf(form: FormData): ProcessorSettings {
  try {
    return processorSettings.parse(JSON.parse(String(form.get("base"))));
  } catch (error) {
    throw new HttpError(400, FORM_OUTDATED, { cause: error });
  }
}
