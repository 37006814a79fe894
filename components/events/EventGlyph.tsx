import type { EventShape } from "../../lib/dashboard/events/event_appearance.ts";

/** The shapes of events, in a 16 by 16 view box. */
export const EVENT_DRAWINGS: Readonly<Record<EventShape, string>> = {
  person: "M8 1.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM2 14.5c0-3.3 2.5-5.4 6-5.4s6 2.1 6 5.4z",
  sliders: "M3 2h2v3h2v2H1V5h2zm0 6h2v6H3zM11 2h2v6h-2zm-2 7h6v2h-2v3h-2v-3H9z",
  square: "M2.5 2.5h11v11h-11z",
  cross:
    "M2.6 1.3 8 6.7l5.4-5.4 1.3 1.3L9.3 8l5.4 5.4-1.3 1.3L8 9.3l-5.4 5.4-1.3-1.3L6.7 8 1.3 2.6z",
  tick:
    "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.9 5.3-4.6 5.2a.9.9 0 0 1-1.3.1L3.9 9.7a.9.9 0 1 1 1.2-1.3l1.4 1.3 4-4.6a.9.9 0 1 1 1.4 1.2z",
  octagon: "M5 1h6l4 4v6l-4 4H5l-4-4V5zm2.1 3v5h1.8V4zm0 6.3V12h1.8v-1.7z",
  bell:
    "M8 1.2a4.8 4.8 0 0 1 4.8 4.8v3.6l1.6 2.6H1.6l1.6-2.6V6A4.8 4.8 0 0 1 8 1.2zM6 13.2h4a2 2 0 0 1-4 0z",
};

/** An event's decorative shape, hidden from screen readers. */
export function EventGlyph({ shape }: { shape: EventShape }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path fill-rule="evenodd" d={EVENT_DRAWINGS[shape]} />
    </svg>
  );
}
