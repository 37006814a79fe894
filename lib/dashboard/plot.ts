import uPlot from "uplot";
import type { Values } from "./series.ts";

/** Lines over a common time axis, drawn in a place of the page. */
export interface Plot extends Disposable {
  /** Draws these lines; all are as long as `at`, evenly spaced moments in ms. */
  draw(at: readonly number[], lines: readonly Values[], unfinished: boolean): void;
}

export interface PlotOptions {
  place: HTMLElement;
  /** The colour of each line, asked for with each drawing, for the theme may change. */
  colours: (() => string)[];
  /** A moment on the time axis, ms since the epoch. */
  tellTime: (at: number) => string;
  tellValue: (value: number) => string;
  /** The place of the cursor among the moments, or null when it leaves. */
  onCursor: (index: number | null) => void;
  /** The view was dragged by so many ms into the past. */
  onDrag: (ms: number) => void;
}

/** The room for the marks beside the value axis, and below the time axis. */
const [VALUES_PX, TIMES_PX] = [52, 30];
/** What the value axis reaches at least: marks below one say nothing of whole articles. */
const LEAST_TOP = 4;
const DASH = [2, 3];

/** Makes a plot that shows nothing yet. Plots of one page share their cursor. */
export function createPlot(options: PlotOptions): Plot {
  const { place, colours, tellTime, tellValue, onCursor, onDrag } = options;
  const style = getComputedStyle(place);
  const font = `12px ${style.fontFamily}`;
  const ink = () => style.color;
  const grid = () => ({ stroke: () => style.borderColor, width: 1 });
  let range: [number, number] = [0, 1];
  let dragged = 0;

  // Each line comes twice: what is over, and the newest step, drawn apart until it is.
  const line = (stroke: () => string, dash: number[]): uPlot.Series => ({
    stroke,
    width: 1.5,
    dash,
    points: { show: false },
  });
  const plot = new uPlot(
    {
      ...sizeOf(place),
      ms: 1,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: "history" } },
      scales: {
        x: { time: false, range: () => [range[0] - dragged, range[1] - dragged] },
        y: { range: (_, __, most) => [0, Math.max(LEAST_TOP, most * 1.1)] },
      },
      axes: [
        {
          stroke: ink,
          font,
          grid: grid(),
          ticks: { show: false },
          size: TIMES_PX,
          space: 96,
          incrs: NICE_MS,
          values: (_, splits) => splits.map(tellTime),
        },
        {
          stroke: ink,
          font,
          size: VALUES_PX,
          grid: grid(),
          ticks: { show: false },
          space: 36,
          incrs: NICE_VALUES,
          values: (_, splits) => splits.map(tellValue),
        },
      ],
      series: [{}, ...colours.flatMap((stroke) => [line(stroke, []), line(stroke, DASH)])],
      hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)] },
    },
    [[]],
    place,
  );
  const size = new ResizeObserver(() => plot.setSize(sizeOf(place)));
  size.observe(place);

  const ending = new AbortController();
  const { signal } = ending;
  let from: number | null = null;
  plot.over.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = event.clientX;
    plot.over.setPointerCapture(event.pointerId);
  }, { signal });
  plot.over.addEventListener("pointermove", (event) => {
    if (from === null) return;
    dragged = (event.clientX - from) * (range[1] - range[0]) / plot.over.clientWidth;
    plot.setData(plot.data);
  }, { signal });
  for (const end of ["pointerup", "pointercancel"] as const) {
    plot.over.addEventListener(end, () => {
      if (from !== null && dragged !== 0) onDrag(dragged);
      from = null;
    }, { signal });
  }

  return {
    draw(at, lines, unfinished) {
      // What is dragged stays where it was let go until its own moments come.
      if (range[0] !== at[0] && from === null) dragged = 0;
      range = [at[0] ?? 0, at.at(-1) ?? 1];
      const over = unfinished ? at.length - 1 : at.length;
      const whole = (values: Values) => values.map((value, n) => n < over ? value : null);
      const rest = (values: Values) => values.map((value, n) => n >= over - 1 ? value : null);
      const data = lines.flatMap((each) => [whole(each), unfinished ? rest(each) : []]);
      plot.setData([[...at], ...data]);
    },
    [Symbol.dispose]() {
      ending.abort();
      size.disconnect();
      plot.destroy();
    },
  };
}

/** Distances between marks on the time axis, in ms. */
const NICE_MS = [1, 5, 10, 15, 30, 60, 300, 600, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400]
  .map((seconds) => seconds * 1_000);

/** Distances between marks on the value axis. */
const NICE_VALUES = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power))
  .flat();

function sizeOf({ clientWidth: width, clientHeight: height }: HTMLElement) {
  return { width, height };
}
