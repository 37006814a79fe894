import { type ReadonlySignal, type Signal, useComputed } from "@preact/signals";
import type { ChartSeries } from "../../lib/dashboard/charts/series_rows.ts";
import { nearestStep } from "./ChartTip.tsx";

export interface MomentInputProps {
  label: string;
  series: ReadonlySignal<ChartSeries>;
  moment: Signal<number | null>;
  text: (at: number) => string;
  onOpen: (at: number) => void;
}

/** Points at a moment by the keyboard: arrows move it, Enter opens its minute. */
export function MomentInput({ label, series, moment, text, onOpen }: MomentInputProps) {
  const at = useComputed(() => series.value.at);
  const index = useComputed(() => nearestStep(at.value, moment.value ?? at.value.at(-1)!));
  return (
    <input
      type="range"
      class="unseen scripted moment-input"
      aria-label={label}
      min="0"
      max={useComputed(() => at.value.length - 1)}
      value={index}
      aria-valuetext={useComputed(() => text(at.value[index.value]!))}
      onFocus={() => moment.value = at.peek()[index.peek()]!}
      onBlur={() => moment.value = null}
      onInput={({ currentTarget }) => moment.value = at.peek()[Number(currentTarget.value)]!}
      onKeyDown={({ key }) => {
        if (key === "Enter" && moment.peek() !== null) onOpen(moment.peek()!);
      }}
    />
  );
}
