import {
  describeEvent,
  eventNotes,
  type EventsVoice,
} from "../../lib/dashboard/events/describe_event.ts";
import { appearanceOf } from "../../lib/dashboard/events/event_appearance.ts";
import { foldEvents } from "../../lib/dashboard/events/fold_events.ts";
import { MINUTE_MS } from "../../lib/dashboard/events/timeline_query.ts";
import type { AuditEvent } from "../../lib/wire/audit_event.ts";
import { EventGlyph } from "./EventGlyph.tsx";

export interface EventListProps {
  voice: EventsVoice;
  events: readonly AuditEvent[];
  /** The start of the open minute. */
  minute: number | null;
  /** Returns the URL of an event's minute; without it there are no links. */
  minuteHref?: (minute: number) => string;
}

/** Events, newest first, each as a sentence; a producer's imports of one minute are one. */
export function EventList({ voice, events, minute, minuteHref }: EventListProps) {
  return (
    <ul class="events">
      {foldEvents(events).map(({ event, times }) => {
        const { shape, tone } = appearanceOf(event);
        const begin = event.at - event.at % MINUTE_MS;
        return (
          <li
            key={event.id}
            data-tone={tone ?? undefined}
            aria-current={begin === minute ? "true" : undefined}
          >
            <time dateTime={new Date(event.at).toISOString()}>{voice.time(event.at)}</time>
            <EventGlyph shape={shape} />
            <span>
              {describeEvent(voice, event).map(({ text, strong }, index) =>
                strong ? <b key={index}>{text}</b> : text
              )}
              <span class="sub">
                {times > 1 && `${voice.say("times", { count: times })} · `}
                {eventNotes(voice, event)}
              </span>
            </span>
            {minuteHref !== undefined && (
              <a class="link" href={minuteHref(begin)}>{voice.say("openMinute")}</a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
