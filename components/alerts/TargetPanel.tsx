import type { AlertTarget } from "../../lib/wire/alerts.ts";
import { TargetForm, type TargetFormProps } from "./TargetForm.tsx";
import { RowButton } from "./RowButton.tsx";

export interface TargetPanelProps extends TargetFormProps {
  targets: readonly AlertTarget[];
}

/** The targets of alerts: add, test, remove. */
export function TargetPanel({ voice, targets, values, faults }: TargetPanelProps) {
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
                <RowButton action="remove" label={say("delete")} />
              </form>
            </li>
          ))}
        </ul>
      )}
      <TargetForm voice={voice} values={values} faults={faults} />
    </section>
  );
}
