import { useComputed } from "@preact/signals";
import type { SettingsModel } from "../lib/dashboard/settings_model.ts";
import type { FieldBounds, NumberField } from "../lib/dashboard/settings_view.ts";
import type { settingsWords } from "../lib/i18n/settings_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";

export interface NumberSettingFieldProps {
  voice: Voice<WordKey<typeof settingsWords>>;
  model: SettingsModel;
  name: NumberField;
  bounds: FieldBounds[NumberField];
  readOnly: boolean;
}

/** A setting that is a number: what it means, what it can be, and what it is now. */
export function NumberSettingField(props: NumberSettingFieldProps) {
  const { voice: { say }, model, name, bounds: { least, most }, readOnly } = props;
  const changed = useComputed(() => name in model.patch.value);
  return (
    <div class="setting" data-changed={useComputed(() => changed.value ? "true" : "false")}>
      <div class="setting-text">
        <label for={name}>{say(name)}</label>
        <p class="hint" id={`${name}-help`}>{say(`${name}_help`)}</p>
      </div>
      <div class="setting-value">
        <input
          id={name}
          name={name}
          type="number"
          required
          step={1}
          min={least}
          max={most}
          readOnly={readOnly}
          value={useComputed(() => model.draft.value[name])}
          aria-describedby={`${name}-help ${name}-bounds`}
          onInput={({ currentTarget }) => model.edit(name, currentTarget.value)}
        />
        <p class="hint" id={`${name}-bounds`}>
          {useComputed(() =>
            changed.value
              ? say("was", { value: model.view.value.settings[name] })
              : say("bounds", { least, most })
          )}
        </p>
      </div>
    </div>
  );
}
