import type { ComponentChildren } from "preact";
import type { EventsVoice } from "../../lib/dashboard/events/describe_event.ts";
import { nameDay, nameZone } from "../../lib/i18n/calendar.ts";
import type { AuditEvent } from "../../lib/wire/audit_event.ts";
import { EventList } from "./EventList.tsx";

export interface EventDaysProps {
  voice: EventsVoice;
  now: number;
  events: readonly AuditEvent[];
  minute: number | null;
  minuteHref: (minute: number) => string;
  /** What is shown if there are no events. */
  none: ComponentChildren;
}

/** Events in a panel per day, with the day and its time zone. */
export function EventDays({ voice, now, events, minute, minuteHref, none }: EventDaysProps) {
  if (events.length === 0) return <div class="panel panel-body events-none">{none}</div>;
  const nameOf = (at: number) => nameDay(voice.language, at);
  const zone = nameZone(voice.language);
  const days = Map.groupBy(events, ({ at }) => nameOf(at));
  const names = new Map([
    [nameOf(now), voice.say("today")],
    [nameOf(now - 86_400_000), voice.say("yesterday")],
  ]);
  return [...days].map(([day, ofDay]) => (
    <section key={day} class="panel" aria-label={day}>
      <header>
        <h2>{names.get(day) ?? day}</h2>
        <p>{names.has(day) ? `${day} · ${zone}` : zone}</p>
      </header>
      <EventList voice={voice} events={ofDay} minute={minute} minuteHref={minuteHref} />
    </section>
  ));
}
