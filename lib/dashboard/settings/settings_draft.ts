import type { SettingSpec } from "../../article/setting_spec.ts";
import { readNumber } from "../shell/number_text.ts";
import { type ProcessorSettings, type SettingName, SETTINGS, specOf } from "../../wire/settings.ts";

/** The settings in the form: all but the desired state, which start and stop set. */
export type FieldName = Exclude<SettingName, "enabled">;

/** Their names, in the order of the form. */
export const FIELD_NAMES = Object.keys(SETTINGS).filter((name) =>
  name !== "enabled"
) as FieldName[];

/** The form's raw values. A checked switch is `on`. */
export type Draft = Record<FieldName, string>;

/** The form's change, which the server validates. */
export type DraftPatch = Partial<Record<FieldName, unknown>>;

export function draftOf(settings: ProcessorSettings): Draft {
  const entries = FIELD_NAMES.map((name) => [name, textOf(settings[name])]);
  return Object.fromEntries(entries) as Draft;
}

function textOf(value: ProcessorSettings[FieldName]): string {
  if (typeof value === "boolean") return value ? "on" : "";
  return Array.isArray(value) ? value.join("\n") : String(value);
}

/** Non-blank lines, trimmed. */
function linesIn(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}

/** Parses a field's text; what is no number becomes null. */
export function valueOf(spec: SettingSpec, text: string): unknown {
  switch (spec.kind) {
    case "number":
      return readNumber(text);
    case "switch":
      return text === "on";
    case "choice":
      return text;
    case "zone":
      return text.trim();
    case "lines":
      return linesIn(text);
  }
}

/**
 * Returns a draft's changes relative to the settings from which it was created, so that concurrent changes by
 * others are kept.
 */
export function patchOf(draft: Draft, from: Record<FieldName, unknown>): DraftPatch {
  const patch: DraftPatch = {};
  for (const name of FIELD_NAMES) {
    const value = valueOf(specOf(name), draft[name]);
    if (JSON.stringify(value) !== JSON.stringify(from[name])) patch[name] = value;
  }
  return patch;
}

/** Rebases a draft on newer settings: unchanged fields follow them. */
export function rebase(
  draft: Draft,
  from: Record<FieldName, unknown>,
  to: ProcessorSettings,
): Draft {
  const changed = patchOf(draft, from);
  const kept = Object.entries(draft).filter(([name]) => name in changed);
  return { ...draftOf(to), ...Object.fromEntries(kept) };
}

/** Returns the texts of a form's fields. An unchecked switch is not submitted. */
export function readDraft(form: FormData): Partial<Draft> {
  return Object.fromEntries(FIELD_NAMES.flatMap((name) => {
    const text = form.get(name);
    if (typeof text === "string") return [[name, text.replaceAll("\r\n", "\n")]];
    return specOf(name).kind === "switch" ? [[name, ""]] : [];
  }));
}
