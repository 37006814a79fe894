import type { SettingValue } from "../../lib/dashboard/settings/settings_view.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { isSettingOption, type SettingOption } from "../../lib/wire/settings.ts";

type Words = Voice<"yes" | "no" | "emptyList" | "phraseCount" | `option_${SettingOption}`>;

export interface SettingDiffProps {
  voice: Words;
  old: SettingValue;
  new: SettingValue;
}

/** The difference of two values: removed and added entries of lists, else both values. */
export function SettingDiff({ voice, old, new: after }: SettingDiffProps) {
  const [went, came] = Array.isArray(old) && Array.isArray(after)
    ? [old.filter((each) => !after.includes(each)), after.filter((each) => !old.includes(each))]
    : [[describeValue(voice, old)], [describeValue(voice, after)]];
  return (
    <span class="diff">
      {went.map((text) => <del key={text}>{text}</del>)}
      {came.map((text) => <ins key={text}>{text}</ins>)}
    </span>
  );
}

/** Formats a value briefly. */
export function describeValue({ say, number }: Words, value: SettingValue): string {
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return isSettingOption(value) ? say(`option_${value}`) : value;
  return value.length === 0 ? say("emptyList") : say("phraseCount", { count: value.length });
}
