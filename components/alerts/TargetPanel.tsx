import type { AlertsVoice } from "../../lib/i18n/alert_voice.ts";
import { type AlertTarget, TARGET_KINDS } from "../../lib/wire/alerts.ts";

export interface TargetPanelProps {
  voice: AlertsVoice;
  targets: readonly AlertTarget[];
}

/** The targets of alerts: add, test, remove. */
export function TargetPanel({ voice, targets }: TargetPanelProps) {
  const { say } = voice;
  return (
    <section class="panel" aria-labelledby="targets-title">
      <header>
        <h2 id="targets-title">{say("targetsTitle")}</h2>
      </header>
      {targets.length === 0 ? <p class="panel-body">{say("noTargetsYet")}</p> : (
        <ul class="rows">
          {targets.map(({ id, name, kind, host, signed }) => (
            <li key={id}>
              <span>
                <b>{name}</b>
                <span class="sub">
                  {say(kind)} · {host}
                  {signed && ` · ${say("signed")}`}
                </span>
              </span>
              <form class="row-end" method="post" action="/alerts">
                <input type="hidden" name="target" value={id} />
                <button type="submit" class="button" data-size="small" name="do" value="test">
                  {say("sendTest")}
                </button>
                <button
                  type="submit"
                  class="button"
                  data-look="quiet"
                  data-size="small"
                  name="do"
                  value="remove"
                >
                  {say("delete")}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form class="target-form" method="post" action="/alerts">
        <label>
          <span>{say("targetName")}</span>
          <input type="text" name="name" required maxLength={100} />
        </label>
        <label>
          <span>{say("kind")}</span>
          <select name="kind">
            {TARGET_KINDS.map((kind) => <option key={kind} value={kind}>{say(kind)}</option>)}
          </select>
        </label>
        <label class="target-url">
          <span>{say("url")}</span>
          <input type="url" name="url" required pattern="https?://.*" autocomplete="off" />
        </label>
        <label>
          <span>{say("secret")}</span>
          <input type="password" name="secret" autocomplete="off" maxLength={500} />
        </label>
        <label>
          <span>{say("language")}</span>
          <select name="language">
            <option value="zh" selected={voice.language === "zh"}>中文</option>
            <option value="en" selected={voice.language === "en"}>English</option>
          </select>
        </label>
        <button type="submit" class="button" name="do" value="add">{say("add")}</button>
      </form>
    </section>
  );
}
