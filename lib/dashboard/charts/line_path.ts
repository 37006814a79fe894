import type { Values } from "./series.ts";

/** The height of the coordinate system, with a margin of half a unit for the line's width. */
export const LINE_HEIGHT = 24;

/** Returns the maximum of the values, at least 1, for series of zeros. */
export function largest(values: Values): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 1);
}

/** Returns the SVG path of values one unit apart, with `most` at the top. */
export function linePath(values: Values, most: number): string {
  let path = "";
  values.forEach((value, x) => {
    if (value === null) return;
    const y = LINE_HEIGHT - 0.5 - (LINE_HEIGHT - 1) * value / most;
    // Points between equal neighbors are redundant.
    const level = value === values[x - 1] && value === values[x + 1];
    if (!level) path += `${path === "" || values[x - 1] === null ? "M" : "L"}${x} ${tenths(y)}`;
  });
  return path;
}

/** Returns the path around the area below the line; empty for less than two known values. */
export function areaPath(values: Values, most: number): string {
  const from = values.findIndex((value) => value !== null);
  const to = values.findLastIndex((value) => value !== null);
  if (from === to) return "";
  const known = values.map((value, x) => x < from || x > to ? null : value ?? 0);
  return `${linePath(known, most)}L${to} ${LINE_HEIGHT}L${from} ${LINE_HEIGHT}Z`;
}

function tenths(y: number): number {
  return Math.round(y * 10) / 10;
}
