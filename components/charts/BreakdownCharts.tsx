import { useComputed } from "@preact/signals";
import type { BreakdownModel } from "../../lib/dashboard/charts/breakdown_model.ts";
import {
  type Compared,
  highestRate,
  pairSeries,
  partSeries,
} from "../../lib/dashboard/charts/breakdown_series.ts";
import type { BreakdownView } from "../../lib/wire/breakdown.ts";
import { ChartFigure, type ChartFigureProps } from "./ChartFigure.tsx";
import { ComparisonTable } from "./ComparisonTable.tsx";
import { PairForm } from "./PairForm.tsx";

type Shared = Pick<ChartFigureProps, "voice" | "events" | "axis" | "history" | "moment">;

export interface BreakdownChartsProps {
  shared: Shared;
  breakdown: BreakdownModel;
}

/** In place of a name: everything else. */
const OTHERS = Symbol();

/** The charts by node or by group: all of them on one scale, or two of them side by side. */
export function BreakdownCharts({ shared, breakdown }: BreakdownChartsProps) {
  const { voice } = shared;
  const { by, pair: [a, b], view } = breakdown.shown.value;
  if (view === null) return null;
  const isEmpty = view.parts.length === 0 && view.others === null;
  const isPair = a !== undefined && b !== undefined;
  const figures = [
    { measure: "processed", word: "processed", kind: "rate" },
    { measure: "failed", word: "failed", kind: "rate" },
    { measure: "wait", word: "waits95", kind: "time" },
    { measure: "run", word: "runs95", kind: "time" },
  ] as const;
  return (
    <>
      <PairForm voice={voice} history={shared.history} breakdown={breakdown} />
      {isEmpty && <p class="chart-note">{voice.say("notBroken")}</p>}
      {view.parts.length > 1 && <ComparisonTable voice={voice} view={view} colored={isPair} />}
      <div class="charts-grid" key={`${by} ${a} ${b}`}>
        {isPair
          ? figures.slice(0, by === "node" ? 4 : 2).map(({ measure, word, kind }) => (
            <PairFigure
              key={measure}
              shared={shared}
              breakdown={breakdown}
              measure={measure}
              title={voice.say(word)}
              kind={kind}
              names={[a, b]}
            />
          ))
          : [...view.parts.map(({ name }) => name), ...(view.others === null ? [] : [OTHERS])]
            .map((name) => (
              <PartFigure
                key={name === OTHERS ? "" : `part ${String(name)}`}
                shared={shared}
                breakdown={breakdown}
                name={name}
              />
            ))}
      </div>
    </>
  );
}

interface PartFigureProps extends BreakdownChartsProps {
  name: string | symbol;
}

function PartFigure({ shared, breakdown, name }: PartFigureProps) {
  const { voice } = shared;
  const series = useComputed(() => {
    const view = shownView(breakdown);
    const part = name === OTHERS ? view.others : view.parts.find((each) => each.name === name);
    return partSeries(view, part ?? undefined);
  });
  const most = useComputed(() => highestRate(shownView(breakdown)));
  const lines = [
    { name: "processed", word: voice.say("processed"), look: "out" },
    { name: "failed", word: voice.say("failed"), look: "fail" },
  ] as const;
  return (
    <ChartFigure
      {...shared}
      title={typeof name === "string" ? name : voice.say("others")}
      kind="rate"
      size="small"
      lines={lines}
      columns={lines}
      series={series}
      most={most}
    />
  );
}

interface PairFigureProps extends BreakdownChartsProps {
  measure: Compared;
  title: string;
  kind: "rate" | "time";
  names: readonly [string, string];
}

function PairFigure(props: PairFigureProps) {
  const { shared, breakdown, measure, title, kind, names } = props;
  const series = useComputed(() => pairSeries(shownView(breakdown), measure));
  const lines = [
    { name: "a", word: names[0], look: "a" },
    { name: "b", word: names[1], look: "b" },
  ] as const;
  return (
    <ChartFigure
      {...shared}
      title={title}
      kind={kind}
      size="small"
      lines={lines}
      columns={lines}
      series={series}
    />
  );
}

const NOTHING: BreakdownView = {
  by: "node",
  from: 0,
  step_seconds: 1,
  parts: [],
  others: null,
  names: [],
};

/** The displayed value; empty for a number that is being removed. */
function shownView({ shown }: BreakdownModel): BreakdownView {
  return shown.value.view ?? NOTHING;
}
