import { wordMessage } from "../../lib/i18n/refusals/word_message.ts";
import { type AlertsVoice, measureValue } from "../../lib/i18n/alert_voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { AlertFiring } from "../../lib/wire/alerts.ts";
import { Glyph } from "../health/Glyph.tsx";
import { Moment } from "../shell/Moment.tsx";

export interface FiringTableProps {
  voice: AlertsVoice;
  firings: readonly AlertFiring[];
  now: number;
}

/** The history of firings, newest first, with durations, deliveries and acknowledgements. */
export function FiringTable({ voice, firings, now }: FiringTableProps) {
  const { say } = voice;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={say("history")}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{say("time")}</th>
            <th scope="col">{say("rule")}</th>
            <th scope="col" class="num">{say("value")}</th>
            <th scope="col" class="num">{say("lasted")}</th>
            <th scope="col">{say("delivery")}</th>
            <th scope="col">{say("ack")}</th>
          </tr>
        </thead>
        <tbody>
          {firings.map((firing) => (
            <tr key={firing.id}>
              <td>
                <Moment voice={voice} at={firing.began_at} />
              </td>
              <th scope="row">{firing.rule_name}</th>
              <td class="num">{measureValue(voice, firing.measure, firing.peak)}</td>
              <td class="num">
                {voice.duration(((firing.ended_at ?? now) - firing.began_at) / 1_000)}
                {firing.ended_at === null && "…"}
              </td>
              <td>
                {firing.deliveries.length === 0 ? say("nowhere") : firing.deliveries
                  .filter(({ event }) => event === "fired")
                  .map((delivery, index) => (
                    <Delivery key={index} voice={voice} delivery={delivery} />
                  ))}
              </td>
              <td>{wordAuthor(voice.language, firing.acknowledged_by ?? "–")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Delivery(
  { voice, delivery }: { voice: AlertsVoice; delivery: AlertFiring["deliveries"][number] },
) {
  const { target, tries, delivered_at, pending, next_try_at, error } = delivery;
  const [tone, shape, word] = delivered_at !== null
    ? ["good", "tick", "deliveredTry"] as const
    : pending
    ? ["warning", "clock", error === null ? "deliveryWaits" : "deliveryPending"] as const
    : ["danger", "octagon", "deliveryFailed"] as const;
  const parts = {
    target,
    count: tries,
    error: wordMessage(voice.language, error ?? ""),
    time: voice.time(next_try_at ?? 0),
  };
  return (
    <span class="state" data-tone={tone}>
      <Glyph shape={shape} /> {voice.say(word, parts)}
    </span>
  );
}
