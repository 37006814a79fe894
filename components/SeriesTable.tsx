import type { Depth, Rate } from "../lib/dashboard/series.ts";
import type { SeriesRow } from "../lib/dashboard/series_rows.ts";
import type { Voice } from "../lib/i18n/voice.ts";

export interface SeriesTableProps<Name extends Rate | Depth> {
  voice: Voice<Name | "time">;
  caption: string;
  names: readonly Name[];
  rows: readonly SeriesRow[];
  decimals: number;
  /** How a row's moment is told. */
  tell: (at: number) => string;
}

/** What a chart shows, in figures. */
export function SeriesTable<Name extends Rate | Depth>(props: SeriesTableProps<Name>) {
  const { voice, caption, names, rows, decimals, tell } = props;
  const figure = (value: number | null) => value === null ? "–" : voice.number(value, decimals);
  return (
    <table class="series-table">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{voice.say("time")}</th>
          {names.map((name) => <th key={name} scope="col">{voice.say(name)}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, values }) => (
          <tr key={at}>
            <th scope="row">{tell(at)}</th>
            {names.map((name) => <td key={name}>{figure(values[name])}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
