import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { SettingSpec } from "../../lib/article/setting_spec.ts";
import type { FieldName } from "../../lib/dashboard/settings/settings_draft.ts";
import type { SettingsModel } from "../../lib/dashboard/settings/settings_model.ts";
import type { settingsWords } from "../../lib/i18n/settings_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { specOf } from "../../lib/wire/settings.ts";
import { describeValue } from "./SettingDiff.tsx";

export interface SettingFieldProps {
  voice: Voice<WordKey<typeof settingsWords>>;
  model: SettingsModel;
  name: FieldName;
  readOnly: boolean;
}

/** A setting's form field, by its kind: label, help, bounds and current value. */
export function SettingField(props: SettingFieldProps) {
  const { voice: { say }, model, name } = props;
  const spec = specOf(name);
  const changed = useComputed(() => name in model.patch.value ? "true" : "false");
  return (
    <div class={spec.kind === "lines" ? "setting setting-wide" : "setting"} data-changed={changed}>
      <div class="setting-text">
        <label for={name}>{say(name)}</label>
        <p class="hint" id={`${name}-help`}>{say(`${name}_help`)}</p>
      </div>
      <Control spec={spec} {...props} />
    </div>
  );
}

function Control(
  { spec, voice, model, name, readOnly }: SettingFieldProps & { spec: SettingSpec },
) {
  const { say } = voice;
  const shared = {
    id: name,
    name,
    "aria-describedby": `${name}-help ${name}-now`,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      model.edit(name, currentTarget.value),
  };
  const draft = useComputed(() => model.draft.value[name]);
  const checked = useComputed(() => draft.value === "on");
  const bounds = spec.kind === "number"
    ? say("bounds", { least: spec.least, most: spec.most })
    : "";
  const note = useComputed(() =>
    name in model.patch.value
      ? say("was", { value: describeValue(voice, model.view.value.settings[name]) })
      : bounds
  );
  const now = <p class="hint" id={`${name}-now`}>{note}</p>;
  switch (spec.kind) {
    case "number":
      return (
        <Valued now={now}>
          <input
            {...shared}
            type="number"
            required
            step={1}
            min={spec.least}
            max={spec.most}
            readOnly={readOnly}
            value={draft}
          />
        </Valued>
      );
    case "switch":
      return (
        <Valued now={now}>
          <input
            {...shared}
            type="checkbox"
            value="on"
            disabled={readOnly}
            checked={checked}
            onInput={({ currentTarget }) => model.edit(name, currentTarget.checked ? "on" : "")}
          />
        </Valued>
      );
    case "choice":
      return (
        <Valued now={now}>
          <select {...shared} disabled={readOnly} value={draft}>
            {spec.options.map((option) => (
              <option key={option} value={option} selected={option === draft.value}>
                {describeValue(voice, option)}
              </option>
            ))}
          </select>
        </Valued>
      );
    case "zone":
      return (
        <Valued now={now}>
          <input
            {...shared}
            type="text"
            required
            list="time-zones"
            spellcheck={false}
            autocomplete="off"
            readOnly={readOnly}
            value={draft}
          />
          <datalist id="time-zones">
            {Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
          </datalist>
        </Valued>
      );
    case "lines": {
      // Spread, since a precompiled textarea would get an attribute of that name instead of text.
      const text = { value: draft.value };
      return <textarea {...shared} rows={7} spellcheck={false} readOnly={readOnly} {...text} />;
    }
  }
}

function Valued({ children, now }: { children: ComponentChildren; now: ComponentChildren }) {
  return (
    <div class="setting-value">
      {children}
      {now}
    </div>
  );
}
