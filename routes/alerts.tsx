import { HttpError, page } from "fresh";
import { AlertNotice } from "../components/alerts/AlertNotice.tsx";
import { FiringAlert } from "../components/alerts/FiringAlert.tsx";
import { FiringTable } from "../components/alerts/FiringTable.tsx";
import { RuleForm, type RuleFormProps } from "../components/alerts/RuleForm.tsx";
import { RulePreview, type RulePreviewProps } from "../components/alerts/RulePreview.tsx";
import { RuleTable } from "../components/alerts/RuleTable.tsx";
import { TargetPanel } from "../components/alerts/TargetPanel.tsx";
import { PageHeader } from "../components/shell/PageHeader.tsx";
import type { Faults } from "../components/shell/CheckedField.tsx";
import { PageHead } from "../components/shell/PageHead.tsx";
import { define, type State } from "../define.ts";
import { previewRule } from "../lib/alerts/preview_rule.ts";
import { lackOf, mayAs } from "../lib/auth/route_permissions.ts";
import { newDraft, readDraft, ruleFields } from "../lib/dashboard/alerts/rule_draft.ts";
import { actor } from "../lib/http/request_actor.ts";
import { createAlertActions } from "../lib/http/alerts/alert_actions.ts";
import { OPERATOR_FORMS, submitAlertForm } from "../lib/http/alerts/alert_form.ts";
import { readAlerts } from "../lib/http/alerts/read_alerts.ts";
import { formFields } from "../lib/http/form_fields.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { unlessAway } from "../lib/http/outage_error.ts";
import { measureName } from "../lib/i18n/alert_voice.ts";
import { alertsWords } from "../lib/i18n/alerts_words.ts";
import { createAxisVoice } from "../lib/i18n/axis_voice.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { Language } from "../lib/i18n/language.ts";
import { wordMessage } from "../lib/i18n/refusals/word_message.ts";
import { checkFields, type FieldFaults } from "../lib/http/validate.ts";
import { type AlertMeasure, newAlertRule } from "../lib/wire/alerts.ts";
import NotifySwitch from "../islands/NotifySwitch.tsx";

const STYLES = ["table", "charts", "verdict", "alerts"];
const MAX_BYTES = 64 * 1024;

/** A form that was refused: what was submitted, and why. */
interface RefusedForm {
  form: FormDataEntryValue | null;
  values: URLSearchParams;
  faults: FieldFaults;
}
const NOT_REFUSED: RefusedForm = { form: null, values: new URLSearchParams(), faults: {} };

/** The page's data; a refused form is shown again as it was submitted. */
async function dataOf(
  { node, language, role }: State,
  query: URLSearchParams,
  refused: RefusedForm,
) {
  const alerts = await unlessAway(readAlerts(node), null);
  const voice = createVoice(language, alertsWords[language]);
  const nameOf = (measure: AlertMeasure) => measureName(voice, measure);
  const isRule = refused.form === "save";
  // Without a rule there is nothing to do here but to write one.
  const isFirst = alerts?.rules.length === 0 && mayAs(role, "admin") && !query.has("result");
  const fields = isRule ? refused.values : query;
  const draft = readDraft(fields, alerts?.rules ?? [], nameOf) ??
    (isFirst ? newDraft("dead_letters", nameOf("dead_letters")) : null);
  const checked = draft === null ? null : checkFields(newAlertRule, ruleFields(draft));
  const rule = checked?.data ?? null;
  const inEnglish = isRule ? refused.faults : checked?.faults ?? {};
  return {
    alerts,
    draft,
    preview: rule === null ? null : await unlessAway(previewRule(node.database.sql, rule), null),
    ruleFaults: worded(language, inEnglish),
    target: refused.form === "add"
      ? { values: Object.fromEntries(refused.values), faults: worded(language, refused.faults) }
      : { values: {}, faults: {} },
    now: node.clock.now(),
    query,
  };
}

function worded(language: Language, faults: FieldFaults): Faults {
  const sentences = Object.entries(faults).map(([name, sentence]) =>
    [name, wordMessage(language, sentence)] as const
  );
  return Object.fromEntries(sentences);
}

/** The alerts page: current firings, rules with a preview, targets, and history. */
export const handler = define.handlers({
  ...only("GET", "POST"),
  async GET(ctx) {
    return page(await dataOf(ctx.state, ctx.url.searchParams, NOT_REFUSED));
  },
  async POST(ctx) {
    const form = await formFields(ctx.req, MAX_BYTES);
    const isOpen = OPERATOR_FORMS.includes(String(form.get("do")));
    const { role } = ctx.state;
    if (!isOpen && !mayAs(role, "admin")) throw new HttpError(403, lackOf("admin", role));
    const result = await submitAlertForm(
      createAlertActions(ctx.state.node, actor(ctx)),
      form,
    );
    if (result.kind === "refused") {
      const fields = [...form].filter((each): each is [string, string] =>
        typeof each[1] === "string"
      );
      const refused = { form: form.get("do"), values: new URLSearchParams(fields), ...result };
      return page(await dataOf(ctx.state, ctx.url.searchParams, refused), { status: 400 });
    }
    const { kind, ...rest } = result;
    const query = new URLSearchParams({ result: kind });
    for (const [name, value] of Object.entries(rest)) query.set(name, String(value));
    return ctx.redirect(`/alerts?${query}`, 303);
  },
});

export default define.page<typeof handler>(({ data, state: { language, role } }) => {
  const { alerts, draft, preview, ruleFaults, target, now, query } = data;
  const voice = createVoice(language, alertsWords[language]);
  const { say } = voice;
  const axis = createAxisVoice(language);
  const mayChange = mayAs(role, "admin");
  const mayAct = mayAs(role, "operator");
  const open = alerts?.firings.filter(({ ended_at }) => ended_at === null) ?? [];
  const rules = alerts?.rules ?? [];
  const allMuted = rules.length > 0 && rules.every(({ muted_until }) => muted_until !== null);
  return (
    <>
      <PageHead title={say("title")} styles={STYLES} />
      <PageHeader
        title={say("title")}
        note={say("note", { rules: rules.length, firing: open.length })}
      >
        <NotifySwitch language={language} words={alertsWords[language]} />
        {mayAct && rules.length > 0 && (
          <form method="post" action="/alerts">
            <button
              type="submit"
              class="button"
              name="do"
              value={allMuted ? "unmuteAll" : "muteAll"}
            >
              {say(allMuted ? "unmuteAll" : "muteAll")}
            </button>
          </form>
        )}
        {mayChange && (
          <a class="button" data-look="main" href="/alerts?rule=new">{say("newRule")}</a>
        )}
      </PageHeader>
      {alerts === null
        ? <p class="panel panel-body">{say("unavailable")}</p>
        : (
          <div class="stack alerts">
            <AlertNotice voice={voice} query={query} />
            {open.map((firing) => (
              <FiringAlert
                key={firing.id}
                voice={voice}
                firing={firing}
                now={now}
                mayAct={mayAct}
              />
            ))}
            {draft !== null && mayChange && (
              <RulePanel
                {...{ voice, axis, draft, preview, now }}
                faults={ruleFaults}
                targets={alerts.targets}
              />
            )}
            <section class="panel" aria-labelledby="rules-title">
              <header>
                <h2 id="rules-title">{say("rules")}</h2>
                {!mayChange && <p>{say("readOnly")}</p>}
              </header>
              {rules.length === 0 ? <p class="panel-body">{say("noRules")}</p> : (
                <RuleTable
                  voice={voice}
                  rules={rules}
                  targets={alerts.targets}
                  mayChange={mayChange}
                  mayAct={mayAct}
                />
              )}
            </section>
            {mayChange && <TargetPanel voice={voice} targets={alerts.targets} {...target} />}
            <section class="panel" aria-labelledby="history-title">
              <header>
                <h2 id="history-title">{say("history")}</h2>
                <p>{say("historyNote")}</p>
              </header>
              {alerts.firings.length === 0
                ? <p class="panel-body">{say("historyNone")}</p>
                : <FiringTable voice={voice} firings={alerts.firings} now={now} />}
            </section>
          </div>
        )}
    </>
  );
});

type RulePanelProps =
  & Pick<RuleFormProps, "voice" | "draft" | "faults" | "targets">
  & Pick<RulePreviewProps, "voice" | "axis" | "now">
  & { preview: RulePreviewProps["preview"] | null };

/** The form of a rule with its test on the past week. */
function RulePanel({ voice, axis, draft, preview, now, faults, targets }: RulePanelProps) {
  const { say } = voice;
  return (
    <section class="panel" aria-labelledby="rule-title">
      <header>
        <h2 id="rule-title">
          {draft.id === null ? say("ruleNew") : say("ruleTitle", { name: draft.name })}
        </h2>
        {preview !== null && <p>{say(preview.known ? "tried" : "notTried")}</p>}
      </header>
      <RuleForm voice={voice} draft={draft} targets={targets} faults={faults} />
      {preview !== null && (
        <RulePreview voice={voice} axis={axis} draft={draft} preview={preview} now={now} />
      )}
    </section>
  );
}
