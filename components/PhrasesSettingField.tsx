import { useComputed } from "@preact/signals";
import type { SettingsModel } from "../lib/dashboard/settings_model.ts";
import type { settingsWords } from "../lib/i18n/settings_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";

export interface PhrasesSettingFieldProps {
  voice: Voice<WordKey<typeof settingsWords>>;
  model: SettingsModel;
  readOnly: boolean;
}

/** The advertising phrases, one a line. */
export function PhrasesSettingField({ voice: { say }, model, readOnly }: PhrasesSettingFieldProps) {
  const changed = useComputed(() =>
    model.patch.value.advertising_phrases === undefined ? "false" : "true"
  );
  // Spread, for a precompiled textarea would have an attribute of that name and no text.
  const text = { value: model.draft.value.advertising_phrases };
  return (
    <div class="setting setting-wide" data-changed={changed}>
      <div class="setting-text">
        <label for="advertising_phrases">{say("advertising_phrases")}</label>
        <p class="hint" id="phrases-help">{say("advertising_phrases_help")}</p>
      </div>
      <textarea
        id="advertising_phrases"
        name="advertising_phrases"
        rows={7}
        spellcheck={false}
        readOnly={readOnly}
        aria-describedby="phrases-help"
        {...text}
        onInput={({ currentTarget }) => model.edit("advertising_phrases", currentTarget.value)}
      />
    </div>
  );
}
