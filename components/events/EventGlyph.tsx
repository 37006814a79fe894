import type { EventShape } from "../../lib/dashboard/events/event_appearance.ts";
import { Drawing, DRAWINGS } from "../health/Glyph.tsx";

/** The shapes of events, in a 16 by 16 view box. */
export const EVENT_DRAWINGS: Readonly<Record<EventShape, string>> = {
  person: "M8 1.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM2 14.5c0-3.3 2.5-5.4 6-5.4s6 2.1 6 5.4z",
  sliders: "M3 2h2v3h2v2H1V5h2zm0 6h2v6H3zM11 2h2v6h-2zm-2 7h6v2h-2v3h-2v-3H9z",
  square: "M2.5 2.5h11v11h-11z",
  cross: DRAWINGS.cross,
  tick: DRAWINGS.tick,
  octagon: DRAWINGS.octagon,
  bell:
    "M8 1.2a4.8 4.8 0 0 1 4.8 4.8v3.6l1.6 2.6H1.6l1.6-2.6V6A4.8 4.8 0 0 1 8 1.2zM6 13.2h4a2 2 0 0 1-4 0z",
};

/** An event's decorative shape. */
export const EventGlyph = ({ shape }: { shape: EventShape }) => (
  <Drawing d={EVENT_DRAWINGS[shape]} />
);
