import { effect, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { HistoryModel } from "../lib/dashboard/history_model.ts";
import type { Depth, Rate, Series } from "../lib/dashboard/series.ts";
import { rowsOf } from "../lib/dashboard/series_rows.ts";
import type { AxisVoice } from "../lib/i18n/axis_voice.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { largest, Line } from "./Line.tsx";
import { SeriesTable } from "./SeriesTable.tsx";

export interface ChartFigureProps<Name extends Rate | Depth> {
  voice: Voice<Name | "time" | "table">;
  axis: AxisVoice;
  title: string;
  names: readonly Name[];
  decimals: number;
  history: HistoryModel;
}

/** About how many rows a chart's table has, and how long they may be, in seconds. */
const ROWS = 24;
const ROW_SECONDS = [15, 150, 3_600, 25_200];

/** A chart with its legend, whose figures follow the cursor, and the table behind it. */
export function ChartFigure<Name extends Rate | Depth>(props: ChartFigureProps<Name>) {
  const { voice, axis, title, names, decimals, history } = props;
  const { series, length, span } = history;
  const place = useRef<HTMLDivElement>(null);
  const cursor = useSignal<number | null>(null);
  const drawn = useSignal(false);
  const open = useSignal(false);
  const first = useRef(series.peek()).current;
  const tell = (at: number) => axis.moment(at, length.peek());

  useEffect(() => {
    const life = new AbortController();
    const { signal } = life;
    async function draw() {
      // It can be loaded in a browser only, and the lines are there already.
      const { createPlot } = await import("../lib/dashboard/plot.ts");
      if (signal.aborted) return;
      const plot = createPlot({
        place: place.current!,
        colours: names.map((name) => () => colourOf(place.current!, name)),
        tellTime: tell,
        tellValue: axis.amount,
        onCursor: (index) => cursor.value = index,
        onDrag: (ms) => history.show(span.peek(), history.end.peek() - ms),
      });
      drawn.value = true;
      const stop = effect(() => {
        const { at, values, unfinished } = series.value;
        plot.draw(at, names.map((name) => values[name]), unfinished);
      });
      signal.addEventListener("abort", () => (stop(), plot[Symbol.dispose]()));
    }
    void draw();
    return () => life.abort();
  }, []);

  const figure = (name: Name) =>
    useComputed(() => {
      const { at, values, unfinished } = series.value;
      const newest = at.length - (unfinished ? 2 : 1);
      const value = values[name][cursor.value ?? newest] ?? null;
      return value === null ? "–" : voice.number(value, decimals);
    });
  const table = useComputed(() => {
    const seconds = ROW_SECONDS.find((each) => each * ROWS >= length.value) ?? length.value;
    // While nobody looks, the table is left as it is.
    const rows = rowsOf(open.value ? series.value : first, seconds);
    return (
      <SeriesTable<Name>
        voice={voice}
        caption={title}
        names={names}
        rows={rows}
        decimals={decimals}
        tell={tell}
      />
    );
  });

  return (
    <figure class="chart">
      <figcaption>
        <h3>{title}</h3>
        <ul class="chart-legend">
          {names.map((name) => (
            <li key={name}>
              <span class="chart-swatch" data-line={name} />
              <span>{voice.say(name)}</span> <b>{figure(name)}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="chart-place" aria-hidden="true" ref={place}>
        <div class="chart-sketch" hidden={drawn}>
          <Sketch names={names} series={first} />
        </div>
      </div>
      <details class="chart-table" onToggle={(event) => open.value = event.currentTarget.open}>
        <summary>{voice.say("table")}</summary>
        <div class="chart-table-scroll" tabIndex={0} role="group" aria-label={title}>{table}</div>
      </details>
    </figure>
  );
}

/** The chart as the server draws it: its lines alone. */
function Sketch({ names, series }: { names: readonly (Rate | Depth)[]; series: Series }) {
  const most = Math.max(...names.map((name) => largest(series.values[name])));
  return names.map((name) => (
    <Line key={name} name={name} values={series.values[name]} most={most} />
  ));
}

/** The theme's colour of a line, as its mark in the legend has it. */
function colourOf(place: Element, name: string): string {
  const mark = place.closest("figure")?.querySelector(`[data-line="${name}"]`);
  return mark ? getComputedStyle(mark).color : "";
}
