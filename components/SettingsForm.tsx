import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { SettingsModel } from "../lib/dashboard/settings_model.ts";
import type { FieldBounds, NumberField } from "../lib/dashboard/settings_view.ts";
import type { settingsWords } from "../lib/i18n/settings_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { NumberSettingField } from "./NumberSettingField.tsx";
import { PhrasesSettingField } from "./PhrasesSettingField.tsx";

export interface SettingsFormProps {
  voice: Voice<WordKey<typeof settingsWords>>;
  model: SettingsModel;
  bounds: FieldBounds;
  mayChange: boolean;
  /** Where the settings are in effect, in words. */
  effect: ReadonlySignal<string>;
}

const RUNNING = ["concurrency", "batch_size", "retry_max", "time_limit_seconds"] as const;

/** All settings in a form, which asks for a preview or saves. */
export function SettingsForm({ voice, model, bounds, mayChange, effect }: SettingsFormProps) {
  const { say } = voice;
  const { dirty, errands, view } = model;
  const idle = useComputed(() => dirty.value ? "false" : "true");

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (dirty.peek()) model.save();
  }

  const number = (name: NumberField) => (
    <NumberSettingField
      key={name}
      voice={voice}
      model={model}
      name={name}
      bounds={bounds[name]}
      readOnly={!mayChange}
    />
  );
  return (
    <form class="panel settings-form" method="post" action="/settings" onSubmit={submit}>
      <input
        type="hidden"
        name="base"
        value={useComputed(() => JSON.stringify(view.value.settings))}
      />
      <fieldset>
        <legend>{say("articles")}</legend>
        {number("min_paragraph_length")}
        <PhrasesSettingField voice={voice} model={model} readOnly={!mayChange} />
      </fieldset>
      <fieldset>
        <legend>{say("running")}</legend>
        {RUNNING.map(number)}
      </fieldset>
      <footer class="settings-save">
        <p class="hint" data-field="in-effect">{mayChange ? effect : say("readOnly")}</p>
        {mayChange && (
          <>
            <button
              type="reset"
              class="button scripted"
              data-look="quiet"
              aria-disabled={idle}
              onClick={(event) => (event.preventDefault(), model.discard())}
            >
              {say("discard")}
            </button>
            <button type="submit" class="button unscripted" name="do" value="preview">
              {say("preview")}
            </button>
            <button
              type="submit"
              class="button"
              data-look="main"
              name="do"
              value="save"
              aria-busy={useComputed(() => errands.busy.value?.name === "save" ? "true" : "false")}
            >
              {say("save")}
            </button>
          </>
        )}
      </footer>
    </form>
  );
}
