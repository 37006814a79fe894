import {
  type FailureQuery,
  failuresLink,
  filterOnly,
} from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { FailureFacets } from "../../lib/wire/failure_facets.ts";
import { Moment } from "../shell/Moment.tsx";

export interface FacetTimeProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  time: FailureFacets["time"];
}

/** The selectable spans, in minutes. */
const SPANS = [15, 60, 24 * 60];
const HEIGHT = 100;

/** A histogram of the last failures; each bar is a link that filters. */
export function FacetTime({ voice, query, time }: FacetTimeProps) {
  const { say } = voice;
  const { from, to, counts } = time;
  const filter = filterOnly(query);
  const most = Math.max(1, ...counts);
  const width = (to - from) / counts.length;
  const isChosen = (part: number) =>
    (filter.since ?? -Infinity) < from + (part + 1) * width &&
    (filter.until ?? Infinity) >= from + part * width;
  return (
    <details id="facet-time" class="facet" open>
      <summary>
        <span>{say("facet_time")}</span>
      </summary>
      <div class="facet-time">
        <p class="unseen">{say("timeCounts", { counts: counts.join(", ") })}</p>
        <svg
          viewBox={`0 0 ${counts.length * 10} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {counts.map((count, part) => {
            const height = count === 0 ? 2 : 6 + (HEIGHT - 6) * count / most;
            const since = Math.floor(from + part * width);
            const until = Math.ceil(from + (part + 1) * width);
            return (
              // For pointers; keys and screen readers have the spans beneath.
              <a key={part} tabIndex={-1} href={failuresLink({ ...filter, since, until })}>
                <rect class="facet-time-place" x={part * 10} width={10} height={HEIGHT} />
                <rect
                  x={part * 10 + 1}
                  y={HEIGHT - height}
                  width={8}
                  height={height}
                  data-chosen={isChosen(part) ? "true" : undefined}
                />
              </a>
            );
          })}
        </svg>
        <p class="hint">
          <Moment voice={voice} at={Math.floor(from)} />
          <span>{say("now")}</span>
        </p>
        <p class="facet-spans">
          {SPANS.map((minutes) => (
            <a
              key={minutes}
              class="chip"
              href={failuresLink({ ...filter, since: to - minutes * 60_000, until: null })}
            >
              {say("lastSpan", { span: voice.duration(minutes * 60) })}
            </a>
          ))}
        </p>
      </div>
    </details>
  );
}
