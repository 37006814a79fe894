import type { Shape } from "../../lib/wire/health/health.ts";

/** The shape of each state, in a 16 by 16 view box, distinguishable without color. */
export const DRAWINGS: Readonly<Record<Shape, string>> = {
  tick:
    "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.9 5.3-4.6 5.2a.9.9 0 0 1-1.3.1L3.9 9.7a.9.9 0 1 1 1.2-1.3l1.4 1.3 4-4.6a.9.9 0 1 1 1.4 1.2z",
  arrow:
    "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.6 7.6a.9.9 0 0 1-1.3 0L8.9 7.2v4a.9.9 0 1 1-1.8 0v-4L5.7 8.6a.9.9 0 1 1-1.3-1.3l3-3a.9.9 0 0 1 1.2 0l3 3c.4.4.4 1 0 1.3z",
  triangle:
    "M8 1.2c.5 0 .9.2 1.1.7l6 11c.5.9-.1 1.9-1.1 1.9H2c-1 0-1.6-1-1.1-1.9l6-11c.2-.5.6-.7 1.1-.7zM7.1 6v3.8h1.8V6zm0 5.1v1.7h1.8v-1.7z",
  octagon: "M5 1h6l4 4v6l-4 4H5l-4-4V5zm2.1 3v5h1.8V4zm0 6.3V12h1.8v-1.7z",
  cross:
    "M2.6 1.3 8 6.7l5.4-5.4 1.3 1.3L9.3 8l5.4 5.4-1.3 1.3L8 9.3l-5.4 5.4-1.3-1.3L6.7 8 1.3 2.6z",
  pause: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM5.2 5h2v6h-2zm3.6 0h2v6h-2z",
  ring: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zm0 1.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4z",
  clock:
    "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 8 2.8zm.9 1.9v3l2.3 1.6-1 1.5-3.1-2.1v-4z",
};

/** A decorative shape, hidden from screen readers; `d` as in an SVG path. */
export function Drawing({ d }: { d: string }) {
  return (
    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path fill-rule="evenodd" d={d} />
    </svg>
  );
}

/** A state's shape. */
export const Glyph = ({ shape }: { shape: Shape }) => <Drawing d={DRAWINGS[shape]} />;
