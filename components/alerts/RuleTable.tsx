import { type AlertsVoice, measureName, measureValue } from "../../lib/i18n/alert_voice.ts";
import type { AlertRule, AlertTarget } from "../../lib/wire/alerts.ts";
import { Glyph } from "../health/Glyph.tsx";
import { EventGlyph } from "../events/EventGlyph.tsx";
import { RowButton } from "./RowButton.tsx";
import { Moment } from "../shell/Moment.tsx";

export interface RuleTableProps {
  voice: AlertsVoice;
  rules: readonly AlertRule[];
  targets: readonly AlertTarget[];
  mayChange: boolean;
  mayAct: boolean;
}

/** The rules, with conditions, targets and states. */
export function RuleTable({ voice, rules, targets, mayChange, mayAct }: RuleTableProps) {
  const { say } = voice;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={say("rules")}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{say("name")}</th>
            <th scope="col">{say("condition")}</th>
            <th scope="col">{say("targets")}</th>
            <th scope="col">{say("now")}</th>
            <th scope="col">{say("lastFired")}</th>
            <th scope="col">
              <span class="unseen">{say("edit")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">{rule.name}</th>
              <td>{condition(voice, rule)}</td>
              <td>{targetNames(voice, rule, targets)}</td>
              <td>
                <RuleState voice={voice} rule={rule} />
              </td>
              <td>
                {rule.last_fired_at === null
                  ? say("never")
                  : <Moment voice={voice} at={rule.last_fired_at} />}
              </td>
              <td>
                <form class="row-end" method="post" action="/alerts">
                  <input type="hidden" name="rule" value={rule.id} />
                  {mayChange && <a class="link" href={`/alerts?rule=${rule.id}`}>{say("edit")}</a>}
                  {mayAct && (
                    <RowButton
                      action={rule.muted_until === null ? "mute" : "unmute"}
                      label={say(rule.muted_until === null ? "muteHour" : "unmute")}
                    />
                  )}
                  {mayChange && <RowButton action="delete" label={say("delete")} />}
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function condition(voice: AlertsVoice, rule: AlertRule): string {
  const { measure, threshold, for_seconds } = rule;
  return voice.say(for_seconds === 0 ? "conditionNow" : "conditionText", {
    name: measureName(voice, measure),
    value: measureValue(voice, measure, threshold),
    duration: voice.duration(for_seconds),
  });
}

function targetNames(voice: AlertsVoice, rule: AlertRule, targets: readonly AlertTarget[]): string {
  const names = targets.filter(({ id }) => rule.target_ids.includes(id)).map(({ name }) => name);
  if (rule.browser) names.push(voice.say("browser"));
  return names.length === 0 ? voice.say("noTargets") : names.join(", ");
}

function RuleState({ voice, rule }: { voice: AlertsVoice; rule: AlertRule }) {
  const { say } = voice;
  if (!rule.enabled) return <span class="state" data-tone="still">{say("off")}</span>;
  if (rule.firing) {
    return (
      <span class="state" data-tone="danger">
        <EventGlyph shape="bell" /> <b>{say("firing")}</b>
      </span>
    );
  }
  if (rule.muted_until !== null) {
    return (
      <span class="state" data-tone="still">
        <Glyph shape="pause" /> {say("muted", { time: voice.time(rule.muted_until) })}
      </span>
    );
  }
  return (
    <span class="state" data-tone="good">
      <Glyph shape="tick" /> {say("quiet")}
    </span>
  );
}
