import { useComputed } from "@preact/signals";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { MinorFigure, type MinorFigureProps } from "./MinorFigure.tsx";

export interface MinorFiguresProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  live: LiveStatus;
}

/** The secondary figures: retries, failures, workers, totals. */
export function MinorFigures(props: MinorFiguresProps) {
  const figures = useMinorFigures(props);
  return (
    <dl class="minor">
      {figures.map((figure) => <MinorFigure key={figure.name} {...figure} />)}
    </dl>
  );
}

type Count = {
  [Name in keyof ProcessorStatus]-?: ProcessorStatus[Name] extends number ? Name : never;
}[keyof ProcessorStatus];

function useMinorFigures({ voice, live }: MinorFiguresProps): MinorFigureProps[] {
  const { say } = voice;
  const { model, rates } = live;
  const useCount = (name: Count) =>
    useComputed(() => model.status.value === null ? "–" : voice.count(model.status.value[name]));
  return [
    {
      name: "queue_retry",
      label: say("queueRetry"),
      value: useCount("queue_retry"),
      note: useComputed(() => say(model.retry.value ? "nextTry" : "noneRetrying")),
    },
    {
      name: "failing",
      label: say("failing"),
      value: useComputed(() => {
        const { failing = 0, finishing = 0 } = rates.value ?? {};
        const share = failing === 0 ? 0 : failing / (failing + finishing) * 100;
        return rates.value === null ? "–" : `${voice.number(share, share > 0 ? 1 : 0)}%`;
      }),
      note: useComputed(() => say("lastTen")),
    },
    {
      name: "workers",
      label: say("workers"),
      value: useCount("workers"),
      note: useComputed(() => say("onNodes", { count: model.nodes.value ?? 0 })),
    },
    {
      name: "processed_today",
      label: say("processedToday"),
      value: useCount("processed_today"),
      note: useComputed(() => {
        const zone = model.status.value?.time_zone ?? "UTC";
        return say("sinceMidnight", { zone });
      }),
    },
    {
      name: "processed_total",
      label: say("processedTotal"),
      value: useCount("processed_total"),
      note: useComputed(() => {
        const count = model.status.value?.failed_total ?? 0;
        return say("failedTries", { count });
      }),
    },
  ];
}
