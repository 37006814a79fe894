import { appearanceOf } from "../../lib/dashboard/events/event_appearance.ts";
import type { AuditEvent } from "../../lib/wire/audit_event.ts";
import { EVENT_DRAWINGS } from "./EventGlyph.tsx";

export interface EventMarkProps {
  event: AuditEvent;
  /** Its position in the plot, in percent. */
  place: number;
  /** Its label, with the time. */
  label: string;
  /** The link to its minute. */
  href: string;
}

/** An event as a mark above a chart's lines. */
export function EventMark({ event, place, label, href }: EventMarkProps) {
  const { shape, tone } = appearanceOf(event);
  const x = `${place}%`;
  return (
    <>
      <line class="mark-line" x1={x} x2={x} y1="10%" y2="86%" />
      <a href={href}>
        <svg
          class="mark"
          role="img"
          aria-label={label}
          data-tone={tone ?? undefined}
          x={x}
          y="5%"
          width="0.875rem"
          height="0.875rem"
          viewBox="0 0 16 16"
          overflow="visible"
        >
          {/* Without a key, the framework swaps it with the page's title. */}
          <title key="mark">{label}</title>
          <rect class="mark-target" x="-14" y="-14" width="28" height="28" />
          <path fill-rule="evenodd" transform="translate(-8 -8)" d={EVENT_DRAWINGS[shape]} />
        </svg>
      </a>
    </>
  );
}
