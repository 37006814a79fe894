import type { AlertsVoice } from "../../lib/i18n/alert_voice.ts";
import { TARGET_KINDS } from "../../lib/wire/alerts.ts";
import { faultAttributes, type Faults, FieldFault } from "../shell/FieldFault.tsx";

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
        <input
          type="text"
          name="name"
          required
          maxLength={100}
          value={values.name}
          {...faultAttributes(at("name"))}
        />
        <FieldFault {...at("name")} />
      </label>
      <label>
        <span>{say("kind")}</span>
        <select name="kind" {...faultAttributes(at("kind"))}>
          {TARGET_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={kind === chosen}>{say(kind)}</option>
          ))}
        </select>
        <FieldFault {...at("kind")} />
      </label>
      <label class="target-url">
        <span>{say("url")}</span>
        <input
          type="url"
          name="url"
          required
          pattern="https?://.*"
          autocomplete="off"
          value={values.url}
          {...faultAttributes(at("url"))}
        />
        <FieldFault {...at("url")} />
      </label>
      <label>
        <span>{say("secret")}</span>
        <input
          type="password"
          name="secret"
          autocomplete="off"
          maxLength={500}
          value={values.secret}
          {...faultAttributes(at("secret"))}
        />
        <FieldFault {...at("secret")} />
      </label>
      <label>
        <span>{say("language")}</span>
        <select name="language" {...faultAttributes(at("language"))}>
          <option value="zh" selected={language === "zh"}>中文</option>
          <option value="en" selected={language === "en"}>English</option>
        </select>
        <FieldFault {...at("language")} />
      </label>
      <button type="submit" class="button" name="do" value="add">{say("add")}</button>
    </form>
  );
}
