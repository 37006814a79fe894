import type { SettingValue } from "../lib/dashboard/settings_view.ts";
import type { Voice } from "../lib/i18n/voice.ts";

type Words = Voice<"yes" | "no" | "emptyList" | "phraseCount">;

export interface SettingDiffProps {
  voice: Words;
  old: SettingValue;
  new: SettingValue;
}

/** What changed between two values: of lists the entries that went and came, else both values. */
export function SettingDiff({ voice, old, new: after }: SettingDiffProps) {
  const [went, came] = Array.isArray(old) && Array.isArray(after)
    ? [old.filter((each) => !after.includes(each)), after.filter((each) => !old.includes(each))]
    : [[sayValue(voice, old)], [sayValue(voice, after)]];
  return (
    <span class="diff">
      {went.map((text) => <del key={text}>{text}</del>)}
      {came.map((text) => <ins key={text}>{text}</ins>)}
    </span>
  );
}

/** A value in a few words. */
export function sayValue({ say, number }: Words, value: SettingValue): string {
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return value;
  return value.length === 0 ? say("emptyList") : say("phraseCount", { count: value.length });
}
