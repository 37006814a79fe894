import type { EventsVoice } from "../../lib/dashboard/events/describe_event.ts";
import {
  TIMELINE_SPANS,
  timelineHref,
  type TimelineQuery,
  type TimelineSpan,
} from "../../lib/dashboard/events/timeline_query.ts";

export interface TimelineSpansProps {
  voice: EventsVoice;
  query: TimelineQuery;
  /** Null if unknown. */
  now: number | null;
}

/** Selects the span and its end. */
export function TimelineSpans({ voice, query, now }: TimelineSpansProps) {
  const { say } = voice;
  const length = TIMELINE_SPANS[query.span];
  const until = query.until ?? now ?? 0;
  const isPast = now !== null && until < now;
  const later = until + length / 2;
  return (
    <>
      <nav class="segments" aria-label={say("span")}>
        {(Object.keys(TIMELINE_SPANS) as TimelineSpan[]).map((span) => (
          <a
            key={span}
            href={timelineHref(query, { span })}
            aria-current={span === query.span ? "true" : "false"}
          >
            {say(`span${span}`)}
          </a>
        ))}
      </nav>
      <a
        class="button"
        data-look="quiet"
        data-size="small"
        href={timelineHref(query, { until: Math.round(until - length / 2) })}
      >
        {say("earlier")}
      </a>
      {isPast && (
        <>
          <a
            class="button"
            data-look="quiet"
            data-size="small"
            href={timelineHref(query, { until: later >= now ? null : Math.round(later) })}
          >
            {say("later")}
          </a>
          <a
            class="button"
            data-look="quiet"
            data-size="small"
            href={timelineHref(query, { until: null })}
          >
            {say("now")}
          </a>
        </>
      )}
    </>
  );
}
