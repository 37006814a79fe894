import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Values } from "../lib/dashboard/series.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Line } from "./Line.tsx";

/** How a figure is to be taken. */
export type Tone = "plain" | "warning" | "danger";

export interface FigureProps {
  /** The status' own name of it, for scripts and tests. */
  name: string;
  label: string;
  value: ReadonlySignal<number | null>;
  voice: Pick<Voice, "number">;
  decimals?: number;
  unit?: string;
  note: ReadonlySignal<string>;
  /** The tone while the value is above zero. */
  tone?: Tone;
  /** How the value was in the last minutes. */
  trend?: ReadonlySignal<Values>;
  children?: ComponentChildren;
}

/** A number with its name and what it means; only the text that changed repaints. */
export function Figure(props: FigureProps) {
  const { name, label, value, voice, decimals, unit, note, tone = "plain", trend } = props;
  const { children } = props;
  const text = useComputed(() => value.value === null ? "–" : voice.number(value.value, decimals));
  const shownTone = useComputed(() => value.value ? tone : "plain");
  return (
    <div class="figure" data-field={name} data-tone={shownTone}>
      <dt class="figure-label">{label}</dt>
      <dd class="figure-value">
        <span class="number">{text}</span>
        {unit !== undefined && <span class="unit">{unit}</span>}
      </dd>
      {trend !== undefined && (
        <dd class="figure-trend" aria-hidden="true">
          {useComputed(() => <Line values={trend.value} />)}
        </dd>
      )}
      <dd class="figure-note">{note}</dd>
      {Boolean(children) && <dd class="figure-action">{children}</dd>}
    </div>
  );
}
