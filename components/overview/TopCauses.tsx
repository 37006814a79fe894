import { type ReadonlySignal, useComputed } from "@preact/signals";
import { describeReason } from "../../lib/dashboard/failures/describe_reason.ts";
import { failuresLink } from "../../lib/dashboard/failures/failure_query.ts";
import type { TopCauses as Causes } from "../../lib/dashboard/overview/cause_model.ts";
import type { overviewSideWords } from "../../lib/i18n/overview_side_words.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Bars } from "../charts/Bars.tsx";

export interface TopCausesProps {
  voice: Voice<WordKey<typeof overviewSideWords>>;
  top: ReadonlySignal<Causes | null>;
  /** Whether to link the causes to their articles. */
  linked: boolean;
}

/** The most frequent causes of failures, each with its last hour. */
export function TopCauses({ voice, top, linked }: TopCausesProps) {
  const { say } = voice;
  const all = useComputed(() => say("allCauses", { count: top.value?.total ?? 0 }));
  return (
    <section class="panel" aria-labelledby="causes-title">
      <header>
        <h2 id="causes-title">{say("causesTitle")}</h2>
        <p>{say("causesNote")}</p>
        {linked && (
          <div class="end">
            <a class="link" href="/failures">
              {all}
            </a>
          </div>
        )}
      </header>
      {useComputed(() => {
        if (top.value === null) return <p class="panel-body faint">{say("causesUnknown")}</p>;
        const { causes } = top.value;
        if (causes.length === 0) return <p class="panel-body faint">{say("noCauses")}</p>;
        return (
          <ul class="rows">
            {causes.map(({ fingerprint, sample, reason, retry, dead, recent }) => (
              <li key={fingerprint}>
                <span class="clip">
                  {linked
                    ? (
                      <a class="link" href={`/failures${failuresLink({ cause: [fingerprint] })}`}>
                        {wordOutcome(voice.language, sample ?? fingerprint)}
                      </a>
                    )
                    : wordOutcome(voice.language, sample ?? fingerprint)}
                  <span class="sub">{describeReason(voice, reason ?? "unknown")}</span>
                </span>
                <span class="row-end">
                  <Bars
                    values={recent}
                    label={say("causeRecent", { counts: recent.join(", ") })}
                  />
                  <b class="num">{voice.count(retry + dead)}</b>
                </span>
              </li>
            ))}
          </ul>
        );
      })}
    </section>
  );
}
