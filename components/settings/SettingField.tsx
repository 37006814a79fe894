import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { SettingSpec } from "../../lib/article/setting_spec.ts";
import type { FieldName } from "../../lib/dashboard/settings/settings_draft.ts";
import type { SettingsModel } from "../../lib/dashboard/settings/settings_model.ts";
import type { settingsWords } from "../../lib/i18n/settings_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { specOf } from "../../lib/wire/settings.ts";
import { NumberInput } from "../shell/NumberInput.tsx";
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
  const faulty = useComputed(() => name in model.faults.value);
  // The first faulty field of a form that came without scripts.
  const autofocus = useMemo(() => Object.keys(model.faults.peek())[0] === name, []);
  const describedBy = `${name}-help ${name}-now`;
  const shared = {
    id: name,
    name,
    autofocus,
    "aria-describedby": describedBy,
    "aria-invalid": useComputed(() => faulty.value ? "true" as const : "false" as const),
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      model.edit(name, currentTarget.value),
  };
  const draft = useComputed(() => model.draft.value[name]);
  const checked = useComputed(() => draft.value === "on");
  const now = <SettingNote {...{ spec, voice, model, name }} />;
  switch (spec.kind) {
    case "number":
      return (
        <Valued now={now}>
          <NumberInput
            id={name}
            name={name}
            text={draft}
            bounds={spec}
            invalid={faulty}
            describedBy={describedBy}
            readOnly={readOnly}
            autofocus={autofocus}
            onText={(text) => model.edit(name, text)}
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
      return (
        <Valued now={now}>
          <textarea {...shared} rows={7} spellcheck={false} readOnly={readOnly} {...text} />
        </Valued>
      );
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

/** What is wrong with a setting's value, or what it was before the change, or its bounds. */
function SettingNote(
  { spec, voice, model, name }: Omit<SettingFieldProps, "readOnly"> & { spec: SettingSpec },
) {
  const { say } = voice;
  const bounds = spec.kind === "number"
    ? say("bounds", { least: spec.least, most: spec.most })
    : "";
  const note = useComputed(() => {
    const fault = model.faults.value[name];
    if (fault !== undefined) return say(`fault_${fault.kind}`, { ...fault });
    const change = model.disputed.value[name];
    if (change !== undefined) {
      const value = describeValue(voice, change.new);
      const by = wordAuthor(voice.language, change.by);
      return say("meanwhile", { by, value, time: voice.time(change.at) });
    }
    return name in model.patch.value
      ? say("was", { value: describeValue(voice, model.view.value.settings[name]) })
      : bounds;
  });
  const tone = useComputed(() =>
    name in model.faults.value || name in model.disputed.value ? "danger" : "plain"
  );
  return <p class="hint" id={`${name}-now`} data-tone={tone}>{note}</p>;
}
