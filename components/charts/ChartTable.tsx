import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import {
  type ChartKind,
  type ChartSeries,
  rowsOf,
} from "../../lib/dashboard/charts/series_rows.ts";
import type { chartWords } from "../../lib/i18n/chart_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { SeriesTable } from "./SeriesTable.tsx";

export interface ChartTableProps {
  voice: Voice<WordKey<typeof chartWords>>;
  /** The title of the chart. */
  title: string;
  columns: readonly { name: string; word: string }[];
  kind: ChartKind;
  series: ReadonlySignal<ChartSeries>;
  /** The displayed duration in seconds. */
  length: ReadonlySignal<number>;
  /** Formats a row's time. */
  formatTime: (at: number) => string;
}

/** The approximate number of rows, and their possible lengths in seconds. */
const ROWS = 24;
const ROW_SECONDS = [15, 150, 3_600, 25_200];

/** The data of a chart as a table, which opens below it. */
export function ChartTable(props: ChartTableProps) {
  const { voice, title, columns, kind, series, length, formatTime } = props;
  const open = useSignal(false);
  const first = useRef(series.peek()).current;
  const table = useComputed(() => {
    const seconds = ROW_SECONDS.find((each) => each * ROWS >= length.value) ?? length.value;
    // A closed table is left as it is.
    const rows = rowsOf(open.value ? series.value : first, {
      names: columns.map(({ name }) => name),
      kind,
      seconds,
    });
    return (
      <SeriesTable
        voice={voice}
        caption={title}
        columns={columns}
        rows={rows}
        decimals={kind === "depth" ? 0 : 1}
        formatTime={formatTime}
      />
    );
  });
  return (
    <details class="chart-table" onToggle={(event) => open.value = event.currentTarget.open}>
      <summary>{voice.say("table")}</summary>
      <div class="chart-table-scroll" tabIndex={0} role="group" aria-label={title}>{table}</div>
    </details>
  );
}
