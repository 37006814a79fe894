import type { SeriesRow } from "../../lib/dashboard/charts/series_rows.ts";
import type { Voice } from "../../lib/i18n/voice.ts";

export interface SeriesTableProps {
  voice: Voice<"time">;
  caption: string;
  columns: readonly { name: string; word: string }[];
  rows: readonly SeriesRow[];
  decimals: number;
  /** Formats a row's time. */
  formatTime: (at: number) => string;
}

/** The data of a chart as a table. */
export function SeriesTable(props: SeriesTableProps) {
  const { voice, caption, columns, rows, decimals, formatTime } = props;
  const figure = (value: number | null) => value === null ? "–" : voice.number(value, decimals);
  return (
    <table class="series-table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{voice.say("time")}</th>
          {columns.map(({ name, word }) => <th key={name} scope="col">{word}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, values }) => (
          <tr key={at}>
            <th scope="row">{formatTime(at)}</th>
            {columns.map(({ name }) => <td key={name}>{figure(values[name] ?? null)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
