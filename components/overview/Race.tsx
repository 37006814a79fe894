import { useComputed } from "@preact/signals";
import { waitOf } from "../../lib/dashboard/health/describe_health.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { TrendModel } from "../../lib/dashboard/overview/trend_model.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { oldestSeconds } from "../../lib/wire/health/health.ts";
import { Cell, type CellProps } from "./Cell.tsx";
import { MinorFigures } from "./MinorFigures.tsx";

export interface RaceProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  live: LiveStatus;
  trend: TrendModel;
  /** Whether to show the secondary figures. */
  minor: boolean;
}

/** The stages of the stream from left to right, then the failures. */
export function Race(props: RaceProps) {
  const { voice, live, minor } = props;
  const cells = useCells(props);
  return (
    <section class="panel" aria-label={voice.say("figures")}>
      <dl class="race">{cells.map((cell) => <Cell key={cell.name} {...cell} />)}</dl>
      {minor && <MinorFigures voice={voice} live={live} />}
    </section>
  );
}

/** The change of the backlog per second above which it is noted. */
const NOTABLE_GROWTH = 1;

function useCells({ voice, live, trend }: RaceProps): CellProps[] {
  const { say } = voice;
  const { model, rates, health } = live;
  const useCount = (value: { value: number | null }) =>
    useComputed(() => value.value === null ? "–" : voice.count(value.value));
  const useNote = (text: () => string) => useComputed(() => asOf(voice, live) ?? text());
  const usePast = (name: "pending" | "processed" | "dead") =>
    useComputed(() => trend.series.value.values[name]);
  const held = useComputed(() => model.status.value?.held_by_lost ?? 0);

  return [
    {
      name: "arriving",
      label: say("arriving"),
      value: useComputed(() => rates.value === null ? "–" : voice.rate(rates.value.arriving)),
      unit: say("perSecond"),
      note: useNote(() => say("meanOfTen")),
      trend: trend.arriving,
      onward: true,
    },
    {
      name: "queue_pending",
      label: say("queuePending"),
      value: useCount(model.pending),
      note: useNote(() => describeWaiting(voice, live)),
      trend: usePast("pending"),
      tone: useComputed(() => health.value.state === "behind" ? "warning" : null),
      onward: true,
    },
    {
      name: "in_flight",
      label: say("inFlight"),
      value: useCount(model.inFlight),
      note: useNote(() => {
        if (held.value > 0) return say("heldByLost", { count: held.value });
        return model.inFlight.value
          ? say("onNodes", { count: model.nodes.value ?? 0 })
          : say("noneInProgress");
      }),
      trend: trend.inFlight,
      tone: useComputed(() => ["lost", "stuck"].includes(health.value.state) ? "danger" : null),
      onward: true,
    },
    {
      name: "speed",
      label: say("speed"),
      value: useComputed(() => model.speed.value === null ? "–" : voice.rate(model.speed.value)),
      unit: say("perSecond"),
      note: useNote(() => say("meanOfFive")),
      trend: usePast("processed"),
    },
    {
      name: "queue_dead",
      label: say("queueDead"),
      value: useCount(model.dead),
      note: useNote(() => say(model.dead.value ? "needsPerson" : "noneDead")),
      trend: usePast("dead"),
    },
  ];
}

/** Returns the age of stale figures, which replaces the notes; null while fresh. */
function asOf(voice: RaceProps["voice"], { fresh, countedAt }: LiveStatus): string | null {
  if (fresh.value || countedAt.value === null) return null;
  return voice.say("asOf", { time: voice.time(countedAt.value) });
}

function describeWaiting(voice: RaceProps["voice"], { model, rates }: LiveStatus): string {
  const status = model.status.value;
  const oldest = status === null ? null : oldestSeconds(status);
  if (!status?.queue_pending) return voice.say("noneWaiting");
  if (oldest === null) return voice.say("justArrived");
  const age = waitOf(voice, oldest);
  const growth = rates.value?.growth ?? 0;
  if (Math.abs(growth) < NOTABLE_GROWTH) return voice.say("longest", { age });
  const sign = growth < 0 ? "−" : "+";
  return voice.say("growing", { change: `${sign}${voice.rate(Math.abs(growth))}`, age });
}
