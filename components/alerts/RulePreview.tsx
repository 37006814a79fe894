import type { RuleDraft } from "../../lib/dashboard/alerts/rule_draft.ts";
import { type AlertsVoice, measureName, measureValue } from "../../lib/i18n/alert_voice.ts";
import type { AxisVoice } from "../../lib/i18n/axis_voice.ts";
import type { AlertPreview } from "../../lib/wire/alerts.ts";
import { EventGlyph } from "../events/EventGlyph.tsx";
import { Plot } from "../charts/Plot.tsx";

export interface RulePreviewProps {
  voice: AlertsVoice;
  axis: AxisVoice;
  draft: RuleDraft;
  preview: AlertPreview;
  now: number;
}

const WEEK_MS = 7 * 86_400_000;
const STEPS = 336;

/** The evaluation of a rule on the past week. */
export function RulePreview({ voice, axis, draft, preview, now }: RulePreviewProps) {
  const { say } = voice;
  if (!preview.known) return null;
  const from = now - WEEK_MS;
  const { firings } = preview;
  const lasted = firings.reduce(
    (sum, { began_at, ended_at }) => sum + (ended_at ?? now) - began_at,
    0,
  );
  const summary = summaryOf(voice, preview, { from, lastedMs: lasted });
  const name = measureName(voice, draft.measure);
  return (
    <>
      <figure class="chart">
        <figcaption>
          <h3>{name}</h3>
          <b class="rule-summary">{summary}</b>
        </figcaption>
        <Plot
          label={`${name}: ${summary}`}
          axis={axis}
          from={from}
          to={now}
          bound={Number(draft.threshold)}
          lines={[{ name: "in", values: stepsOf(preview.points, from) }]}
          bands={firings.map(({ began_at, ended_at }) => ({
            from: began_at,
            to: ended_at ?? now,
            look: "band-bad",
          }))}
        />
      </figure>
      {firings.length > 0 && (
        <ul class="rows rule-firings">
          {firings.slice(-10).reverse().map(({ began_at, ended_at, peak }) => (
            <li key={began_at}>
              <span class="state" data-tone="danger">
                <EventGlyph shape="bell" /> {voice.moment(began_at)}
              </span>
              <span class="soft num">
                {say(ended_at === null ? "goingOn" : "peak", {
                  duration: voice.duration(((ended_at ?? now) - began_at) / 1_000),
                  value: measureValue(voice, draft.measure, peak),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Says how often the rule would have fired in the part of the week for which there is data. */
function summaryOf(
  voice: AlertsVoice,
  { since, firings }: AlertPreview,
  { from, lastedMs }: { from: number; lastedMs: number },
): string {
  if (since === null) return voice.say("noDataYet");
  const isWhole = since <= from;
  const values = {
    count: firings.length,
    duration: voice.duration(lastedMs / 1_000),
    since: voice.moment(since),
  };
  if (firings.length === 0) {
    return voice.say(isWhole ? "wouldNotFire" : "wouldNotFireSince", values);
  }
  return voice.say(isWhole ? "wouldFire" : "wouldFireSince", values);
}

/** Returns the value at each half hour of the week; a sample lasts until the next one. */
function stepsOf(points: AlertPreview["points"], from: number): (number | null)[] {
  let next = 0;
  let value: number | null = null;
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const at = from + step * WEEK_MS / STEPS;
    for (; next < points.length && points[next]!.at <= at; next++) value = points[next]!.value;
    return value;
  });
}
