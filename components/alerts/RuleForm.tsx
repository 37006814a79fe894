import { MEASURES, type RuleDraft } from "../../lib/dashboard/alerts/rule_draft.ts";
import { type AlertsVoice, measureName } from "../../lib/i18n/alert_voice.ts";
import type { AlertTarget } from "../../lib/wire/alerts.ts";
import { CheckedInput, type Faults, FieldFault } from "../shell/CheckedField.tsx";

export interface RuleFormProps {
  voice: AlertsVoice;
  draft: RuleDraft;
  targets: readonly AlertTarget[];
  faults: Faults;
}

const FORM = "rule-form";

/** The form of a rule, worded as a sentence: previewed by GET, saved by POST. */
export function RuleForm({ voice, draft, targets, faults }: RuleFormProps) {
  const { say } = voice;
  const at = (name: string) => ({ form: FORM, name, faults });
  return (
    <form class="rule-form" id={FORM} method="get" action="/alerts">
      <input type="hidden" name="rule" value={draft.id ?? "new"} />
      <div class="sentence">
        <span>{say("when")}</span>
        <select name="measure" aria-label={say("measure")}>
          {MEASURES.map((measure) => (
            <option key={measure} value={measure} selected={measure === draft.measure}>
              {measureName(voice, measure)}
            </option>
          ))}
        </select>
        <span>{say("above")}</span>
        <CheckedInput
          field={at("threshold")}
          class="inline"
          type="number"
          min={0}
          step="any"
          required
          value={draft.threshold}
          aria-label={say("threshold")}
        />
        <span>{say("for")}</span>
        <CheckedInput
          field={at("for_seconds")}
          class="inline"
          type="number"
          min={0}
          max={86_400}
          required
          value={draft.for_seconds}
          aria-label={say("duration")}
        >
          <span>{say("seconds")}</span>
        </CheckedInput>
      </div>
      <fieldset class="sentence">
        <legend>{say("tell")}</legend>
        {targets.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              name="target"
              value={id}
              checked={draft.target_ids.includes(id)}
            />
            {name}
          </label>
        ))}
        <Flag name="browser" word={say("browser")} checked={draft.browser} />
        <FieldFault {...at("target_ids")} />
        <Flag name="notify_resolved" word={say("resolvedToo")} checked={draft.notify_resolved} />
      </fieldset>
      <div class="sentence">
        <label>
          <span>{say("name")}</span>
          <CheckedInput
            field={at("name")}
            type="text"
            required
            maxLength={100}
            value={draft.name}
          />
        </label>
        <Flag name="enabled" word={say("enabled")} checked={draft.enabled} />
        <span class="rule-acts">
          <a class="button" data-look="quiet" href="/alerts">{say("discard")}</a>
          <button type="submit" class="button">{say("try")}</button>
          <button
            type="submit"
            class="button"
            data-look="main"
            formMethod="post"
            name="do"
            value="save"
          >
            {say("save")}
          </button>
        </span>
      </div>
    </form>
  );
}

function Flag({ name, word, checked }: { name: string; word: string; checked: boolean }) {
  return (
    <label>
      <input type="checkbox" name={name} value="on" checked={checked} /> {word}
    </label>
  );
}
