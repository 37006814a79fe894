import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { SettingsModel } from "../../lib/dashboard/settings/settings_model.ts";
import type { FieldName } from "../../lib/dashboard/settings/settings_draft.ts";
import type { settingsWords } from "../../lib/i18n/settings_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { STREAM_SETTINGS } from "../../lib/wire/settings.ts";
import { SettingField } from "./SettingField.tsx";

export interface SettingsFormProps {
  voice: Voice<WordKey<typeof settingsWords>>;
  model: SettingsModel;
  mayChange: boolean;
  /** The text on which nodes apply the settings. */
  effect: ReadonlySignal<string>;
}

const ARTICLES = Object.keys(ARTICLE_SETTINGS) as FieldName[];
const RUNNING = Object.keys(STREAM_SETTINGS) as FieldName[];

/** The form of all settings, with preview and save. */
export function SettingsForm({ voice, model, mayChange, effect }: SettingsFormProps) {
  const { say } = voice;
  const { dirty, requests, view } = model;
  const idle = useComputed(() => dirty.value ? "false" : "true");
  const saving = useComputed(() => requests.busy.value?.name === "save" ? "true" : "false");

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const [faulty] = Object.keys(model.faults.peek());
    if (faulty !== undefined) document.getElementById(faulty)?.focus();
    else if (dirty.peek()) model.save();
  }

  const field = (name: FieldName) => (
    <SettingField key={name} voice={voice} model={model} name={name} readOnly={!mayChange} />
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
        {ARTICLES.map(field)}
      </fieldset>
      <fieldset>
        <legend>{say("running")}</legend>
        {RUNNING.map(field)}
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
              aria-busy={saving}
            >
              {say("save")}
            </button>
          </>
        )}
      </footer>
    </form>
  );
}
