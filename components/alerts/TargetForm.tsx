import type { AlertsVoice } from "../../lib/i18n/alert_voice.ts";
import { TARGET_KINDS } from "../../lib/wire/alerts.ts";
import { CheckedInput, CheckedSelect, type Faults } from "../shell/CheckedField.tsx";

export interface TargetFormProps {
  voice: AlertsVoice;
  /** The values of a refused form, by name. */
  values: Readonly<Record<string, string>>;
  faults: Faults;
}

/** The form of a new target. */
export function TargetForm({ voice, values, faults }: TargetFormProps) {
  const { say } = voice;
  const at = (name: string) => ({ form: "target", name, faults });
  const { kind: chosen, language = voice.language } = values;
  return (
    <form class="target-form" method="post" action="/alerts">
      <label>
        <span>{say("targetName")}</span>
        <CheckedInput
          field={at("name")}
          type="text"
          required
          maxLength={100}
          value={values.name}
        />
      </label>
      <label>
        <span>{say("kind")}</span>
        <CheckedSelect field={at("kind")}>
          {TARGET_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={kind === chosen}>{say(kind)}</option>
          ))}
        </CheckedSelect>
      </label>
      <label class="target-url">
        <span>{say("url")}</span>
        <CheckedInput
          field={at("url")}
          type="url"
          required
          pattern="https?://.*"
          autocomplete="off"
          value={values.url}
        />
      </label>
      <label>
        <span>{say("secret")}</span>
        <CheckedInput
          field={at("secret")}
          type="password"
          autocomplete="off"
          maxLength={500}
          value={values.secret}
        />
      </label>
      <label>
        <span>{say("language")}</span>
        <CheckedSelect field={at("language")}>
          <option value="zh" selected={language === "zh"}>中文</option>
          <option value="en" selected={language === "en"}>English</option>
        </CheckedSelect>
      </label>
      <button type="submit" class="button" name="do" value="add">{say("add")}</button>
    </form>
  );
}
