import { processorSettings, specOf } from "../../wire/settings.ts";
import { type Draft, FIELD_NAMES, type FieldName, valueOf } from "./settings_draft.ts";

/** Why a field's text is no value of its setting. */
export type SettingFault =
  | { kind: "number"; least: number; most: number }
  | { kind: "zone" }
  | { kind: "line"; line: number; longest: number }
  | { kind: "syllable"; line: number; syllable: string }
  | { kind: "contradiction"; line: number; earlier: number }
  | { kind: "lines"; most: number };

export type SettingFaults = Partial<Record<FieldName, SettingFault>>;

/** Returns the faulty fields of a draft, in the form's order. */
export function faultsIn(draft: Draft): SettingFaults {
  return Object.fromEntries(FIELD_NAMES.flatMap((name) => {
    const fault = faultOf(name, draft[name]);
    return fault === null ? [] : [[name, fault]];
  }));
}

function faultOf(name: FieldName, text: string): SettingFault | null {
  const spec = specOf(name);
  const parsed = processorSettings.shape[name].safeParse(valueOf(spec, text));
  if (parsed.success) return null;
  switch (spec.kind) {
    case "number":
      return { kind: "number", least: spec.least, most: spec.most };
    case "zone":
      return { kind: "zone" };
    case "lines": {
      const lines = valueOf(spec, text);
      const line = parsed.error.issues[0]?.path[0];
      const isCustom = parsed.error.issues[0]?.code === "custom";
      const fault = isCustom && Array.isArray(lines) ? spec.findFault?.(lines) ?? null : null;
      if (fault?.kind === "syllable") return { ...fault, line: fault.line + 1 };
      if (fault?.kind === "contradiction") {
        return { ...fault, line: fault.line + 1, earlier: fault.earlier + 1 };
      }
      return typeof line === "number"
        ? { kind: "line", line: line + 1, longest: spec.longest }
        : { kind: "lines", most: spec.most };
    }
    // A form offers no other values.
    case "switch":
    case "choice":
      return null;
  }
}
