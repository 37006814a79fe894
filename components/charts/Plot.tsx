import type { ComponentChildren } from "preact";
import { timeMarks, valueScale } from "../../lib/dashboard/charts/scale.ts";
import type { Values } from "../../lib/dashboard/charts/series.ts";
import type { AxisVoice } from "../../lib/i18n/axis_voice.ts";

/** A line's name determines its color and dash in every chart. */
export type LineName =
  | "in"
  | "out"
  | "fail"
  | "retry"
  | "waiting"
  | "a"
  | "b"
  | "p50"
  | "p95"
  | "p99";

export const DASHES: Readonly<Record<LineName, string>> = {
  in: "dash thin",
  out: "",
  fail: "dot",
  retry: "dashdot",
  waiting: "",
  a: "",
  b: "dash",
  p50: "",
  p95: "dash",
  p99: "dot",
};

export interface PlotLine {
  name: LineName;
  /** Equally spaced from the plot's start to its end. */
  values: Values;
  /** Whether the area below it is filled. */
  area?: boolean;
}

/** A tinted period: an outage, a firing alert, or missing data. */
export interface PlotBand {
  from: number;
  to: number;
  look: "band" | "band-bad" | "band-gap";
}

export interface PlotProps {
  /** The text alternative. */
  label: string;
  axis: AxisVoice;
  /** The start and the end, ms since the epoch. */
  from: number;
  to: number;
  lines: readonly PlotLine[];
  bands?: readonly PlotBand[];
  /** The least that there is room for. */
  most?: number | undefined;
  /** A bound across the plot. */
  bound?: number;
  size?: "small" | "tall" | undefined;
  /** How far the lines are moved to the right, ms: a view that is being dragged. */
  shift?: number;
  /** The reader's time zone, in minutes east of UTC. */
  offsetMinutes?: number;
  /** Overlays such as marks and a cursor, positioned in percent. */
  children?: ComponentChildren;
}

/** The vertical range of the lines in percent, with marks above and times below. */
const [TOP, HEIGHT] = [12, 74];
const BASE = TOP + HEIGHT;

/**
 * A responsive SVG chart that the server can render: strokes and texts keep their size, without style
 * attributes.
 */
export function Plot(props: PlotProps) {
  const {
    label,
    axis,
    from,
    to,
    lines,
    bands = [],
    most: least = 0,
    bound,
    size,
    shift = 0,
    offsetMinutes,
    children,
  } = props;
  const values = lines.flatMap((line) => line.values);
  const most = values.reduce<number>(
    (top, value) => Math.max(top, value ?? 0),
    Math.max(least, bound ?? 0),
  );
  const { top, marks } = valueScale(most);
  const heightOf = (value: number) => `${BASE - HEIGHT * value / top}%`;
  const place = (at: number) => `${placeOf(at, from, to)}%`;
  const seconds = (to - from) / 1_000;
  const options = offsetMinutes === undefined ? {} : { offsetMinutes };
  return (
    <div class="plot" data-size={size}>
      <svg aria-hidden="true">
        {marks.map((value) => (
          <text key={value} x="100%" y={heightOf(value)} dy="0.35em" text-anchor="end">
            {axis.amount(value)}
          </text>
        ))}
      </svg>
      <svg class="chart-plot" role="group" aria-label={label}>
        {bands.map((band) => (
          <rect
            key={`${band.look}${band.from}`}
            class={band.look}
            x={place(band.from)}
            y={`${TOP}%`}
            width={`${placeOf(band.to, from, to) - placeOf(band.from, from, to)}%`}
            height={`${HEIGHT}%`}
          />
        ))}
        {marks.map((value) => (
          <line
            key={value}
            class={value === 0 ? "base" : "grid"}
            x1="0"
            x2="100%"
            y1={heightOf(value)}
            y2={heightOf(value)}
          />
        ))}
        <svg
          class="paths"
          x={`${to === from ? 0 : shift / (to - from) * 100}%`}
          y={`${TOP}%`}
          width="100%"
          height={`${HEIGHT}%`}
          viewBox="0 0 1000 100"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {lines.map((line) => (
            <g key={line.name} class={`s-${line.name}`}>
              {line.area && <path class="area" d={pathOf(line.values, top, true)} />}
              <path class={DASHES[line.name]} d={pathOf(line.values, top, false)} />
            </g>
          ))}
        </svg>
        {bound !== undefined && (
          <line class="bound" x1="0" x2="100%" y1={heightOf(bound)} y2={heightOf(bound)} />
        )}
        {children}
        {timeMarks(from, to, options).map((at, index) => (
          <text
            key={at}
            class={index % 2 === 1 ? "tick-odd" : ""}
            x={place(at)}
            y="98%"
            text-anchor={anchorOf(placeOf(at, from, to))}
          >
            {axis.moment(at, seconds)}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Returns the position of a time in percent of the plot's width, clamped. */
export function placeOf(at: number, from: number, to: number): number {
  const place = to === from ? 0 : (at - from) / (to - from) * 100;
  return Math.round(Math.min(100, Math.max(0, place)) * 100) / 100;
}

/** Keeps a label near an edge within the plot. */
function anchorOf(place: number): "start" | "middle" | "end" {
  return place < 4 ? "start" : place > 96 ? "end" : "middle";
}

/** Returns the path of values in a coordinate system of 1000 by 100, with gaps for unknown values. */
function pathOf(values: Values, top: number, closed: boolean): string {
  const last = Math.max(1, values.length - 1);
  const x = (index: number) => Math.round(index / last * 10_000) / 10;
  let path = "";
  let begun: number | null = null;
  const close = (index: number) => {
    // A lone value is a dot.
    if (!closed && begun === index) path += "h.1";
    if (closed && begun !== null) path += `L${x(index)} 100L${x(begun)} 100Z`;
    begun = null;
  };
  values.forEach((value, index) => {
    if (value === null) return close(index - 1);
    const y = Math.round((100 - 100 * value / top) * 10) / 10;
    path += `${begun === null ? "M" : "L"}${x(index)} ${y}`;
    begun ??= index;
  });
  close(values.length - 1);
  return path;
}
