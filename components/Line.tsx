import type { Values } from "../lib/dashboard/series.ts";

export interface LineProps {
  values: Values;
  /** What lies at the top; by default the largest value. */
  most?: number;
  /** What it shows, for its colour. */
  name?: string;
}

/** The height of the drawing's grid; half a unit at each edge is left for the line's own width. */
const HEIGHT = 24;

/** Values as a line in a drawing that is as wide as its place; nothing for a single value. */
export function Line({ values, most = largest(values), name }: LineProps) {
  return (
    <svg
      class="line"
      data-line={name}
      viewBox={`0 0 ${Math.max(1, values.length - 1)} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d={pathOf(values, most)} />
    </svg>
  );
}

/** The largest of some values, 1 at least: the scale of what is nothing but zero. */
export function largest(values: Values): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 1);
}

function pathOf(values: Values, most: number): string {
  let path = "";
  values.forEach((value, x) => {
    if (value === null) return;
    const y = HEIGHT - 0.5 - (HEIGHT - 1) * value / most;
    // Points on a level between others add nothing to the line.
    const level = value === values[x - 1] && value === values[x + 1];
    if (!level) path += `${path === "" || values[x - 1] === null ? "M" : "L"}${x} ${round(y)}`;
  });
  return path;
}

function round(y: number): number {
  return Math.round(y * 10) / 10;
}
