import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Values } from "../../lib/dashboard/charts/series.ts";
import type { Tone } from "../../lib/wire/health/health.ts";
import { Spark } from "../charts/Spark.tsx";
import { Icon } from "../shell/Icon.tsx";

/** One figure of the stream, as data. */
export interface CellProps {
  /** Its field in the status. */
  name: string;
  label: string;
  value: ReadonlySignal<string>;
  unit?: string;
  /** A note on the value, on one line, in full in its tooltip. */
  note: ReadonlySignal<string>;
  /** The sparkline of the last minutes. */
  trend: ReadonlySignal<Values>;
  tone?: ReadonlySignal<Tone | null>;
  /** Whether articles flow from here to the next cell. */
  onward?: boolean;
}

/** A figure with name, sparkline and note, in rows of fixed height. */
export function Cell({ name, label, value, unit, note, trend, tone, onward }: CellProps) {
  return (
    <div
      class="cell"
      data-field={name}
      data-tone={useComputed(() => tone?.value ?? undefined)}
    >
      <dt class="label">{label}</dt>
      <dd class="value">
        <span class="number">{value}</span>
        {unit !== undefined && <span class="unit">{unit}</span>}
        {onward && (
          <span class="onward">
            <Icon name="next" />
          </span>
        )}
      </dd>
      <dd class="trend" aria-hidden="true">{useComputed(() => <Spark values={trend.value} />)}</dd>
      <dd class="say" title={note}>{note}</dd>
    </div>
  );
}
