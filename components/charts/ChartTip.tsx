import type { Signal } from "@preact/signals";
import type { Values } from "../../lib/dashboard/charts/series.ts";
import { placeOf } from "./Plot.tsx";

export interface ChartTipProps {
  /** The time under the pointer, ms since the epoch. */
  moment: Signal<number | null>;
  from: number;
  to: number;
  time: (at: number) => string;
  /** The lines' names, and their values at that time. */
  rows: (at: number) => readonly { word: string; value: string }[];
  href: (at: number) => string;
  link: string;
}

/** The tooltip: time, values, and a link to the minute. */
export function ChartTip({ moment, from, to, time, rows, href, link }: ChartTipProps) {
  const at = moment.value;
  if (at === null || at < from || at > to) return null;
  return (
    <div class="tip" data-side={placeOf(at, from, to) < 50 ? "right" : "left"}>
      <p>{time(at)}</p>
      <dl>
        {rows(at).map(({ word, value }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <a class="link" tabIndex={-1} href={href(at)}>{link}</a>
    </div>
  );
}

/** The cursor line at the time under the pointer. */
export function PlotCursor(
  { moment, from, to }: { moment: Signal<number | null>; from: number; to: number },
) {
  const at = moment.value;
  if (at === null || at < from || at > to) return null;
  const x = `${placeOf(at, from, to)}%`;
  return <line class="cursor-line" x1={x} x2={x} y1="9%" y2="86%" />;
}

/** Returns the index of the nearest step among equally spaced times. */
export function nearestStep(at: readonly number[], moment: number): number {
  const [first = 0, second = first + 1] = at;
  const index = Math.round((moment - first) / (second - first));
  return Math.min(at.length - 1, Math.max(0, index));
}

/** Returns the newest known value. */
export function newestOf(values: Values): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
