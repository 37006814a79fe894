import type { ChartKind } from "../../lib/dashboard/charts/series_rows.ts";
import { DEPTHS, type Measure, RATES, RUNS, WAITS } from "../../lib/dashboard/charts/series.ts";
import { ChartFigure, type ChartFigureProps } from "./ChartFigure.tsx";
import type { LineName } from "./Plot.tsx";

export interface TotalChartsProps {
  shared: Pick<ChartFigureProps, "voice" | "events" | "axis" | "history" | "current" | "moment">;
  /** Whether there are percentiles too: a wall has no room for them. */
  times: boolean;
}

interface Drawn {
  title: "rates" | "depths" | "waits" | "runs";
  kind: ChartKind;
  lines: readonly (readonly [Measure, LineName])[];
  columns: readonly Measure[];
}

const COUNTS: readonly Drawn[] = [
  {
    title: "rates",
    kind: "rate",
    lines: [["processed", "out"], ["failed", "fail"]],
    columns: RATES,
  },
  {
    title: "depths",
    kind: "depth",
    lines: [["pending", "waiting"], ["retry", "retry"]],
    columns: DEPTHS,
  },
];
const TIMES: readonly Drawn[] = [
  {
    title: "waits",
    kind: "time",
    lines: [["wait50", "p50"], ["wait95", "p95"], ["wait99", "p99"]],
    columns: WAITS,
  },
  {
    title: "runs",
    kind: "time",
    lines: [["run50", "p50"], ["run95", "p95"], ["run99", "p99"]],
    columns: RUNS,
  },
];

/** The charts of the whole stream. */
export function TotalCharts({ shared, times }: TotalChartsProps) {
  const { voice, history } = shared;
  return (
    <div class="charts-pair">
      {[...COUNTS, ...times ? TIMES : []].map(({ title, kind, lines, columns }) => (
        <ChartFigure
          key={title}
          {...shared}
          title={voice.say(title)}
          kind={kind}
          series={history.series}
          lines={lines.map(([name, look]) => ({ name, word: voice.say(name), look }))}
          columns={columns.map((name) => ({ name, word: voice.say(name) }))}
        />
      ))}
    </div>
  );
}
