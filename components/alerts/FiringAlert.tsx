import { measureName, measureValue } from "../../lib/i18n/alert_voice.ts";
import type { AlertsVoice } from "../../lib/i18n/alert_voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { AlertFiring } from "../../lib/wire/alerts.ts";
import { EventGlyph } from "../events/EventGlyph.tsx";
import { Chip } from "../shell/Chip.tsx";

export interface FiringAlertProps {
  voice: AlertsVoice;
  firing: AlertFiring;
  now: number;
  mayAct: boolean;
}

/** A firing alert, with its start and actions. */
export function FiringAlert({ voice, firing, now, mayAct }: FiringAlertProps) {
  const { say } = voice;
  const { id, rule_id, measure, peak, threshold, began_at, acknowledged_by, acknowledged_at } =
    firing;
  const sentence = say("fired", {
    name: measureName(voice, measure),
    value: measureValue(voice, measure, peak),
    threshold: measureValue(voice, measure, threshold),
  });
  const since = say("since", {
    time: voice.time(began_at),
    duration: voice.duration((now - began_at) / 1_000),
  });
  const minute = began_at - began_at % 60_000;
  return (
    <section class="panel verdict" data-tone="danger" aria-label={sentence}>
      <div class="sign alert-sign">
        <EventGlyph shape="bell" />
      </div>
      <div>
        <h2>{sentence}</h2>
        <p class="why">
          {since}
          {acknowledged_by !== null && acknowledged_at !== null && (
            <>
              ; {say("acknowledged", {
                who: wordAuthor(voice.language, acknowledged_by),
                time: voice.time(acknowledged_at),
              })}
            </>
          )}
        </p>
      </div>
      {mayAct && (
        <form class="acts" method="post" action="/alerts">
          <input type="hidden" name="firing" value={id} />
          {rule_id !== null && <input type="hidden" name="rule" value={rule_id} />}
          {acknowledged_by === null && (
            <button type="submit" class="button" name="do" value="acknowledge">
              {say("acknowledge")}
            </button>
          )}
          {rule_id !== null && (
            <button type="submit" class="button" name="do" value="mute">{say("muteHour")}</button>
          )}
        </form>
      )}
      <div class="next">
        <Chip href={`/events?minute=${minute}`}>{say("openMinute")}</Chip>
        {(measure === "dead_letters" || measure === "failure_rate") && (
          <Chip href={`/failures?since=${began_at - 600_000}`}>{say("openFailures")}</Chip>
        )}
      </div>
    </section>
  );
}
