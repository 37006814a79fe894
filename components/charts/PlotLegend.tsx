import type { ComponentChildren } from "preact";
import { DASHES, type LineName } from "./Plot.tsx";

export interface PlotLegendProps {
  entries: readonly { name: LineName; word: string; value?: ComponentChildren }[];
}

/** The names of a plot's lines, each with its dash and its value. */
export function PlotLegend({ entries }: PlotLegendProps) {
  return (
    <ul class="legend">
      {entries.map(({ name, word, value }) => (
        <li key={name}>
          <svg viewBox="0 0 20 8" class={`s-${name}`} aria-hidden="true" focusable="false">
            <path
              d="M0 4h20"
              fill="none"
              stroke="currentColor"
              stroke-width="2"
              class={DASHES[name]}
            />
          </svg>
          {word}
          {value !== undefined && <b>{value}</b>}
        </li>
      ))}
    </ul>
  );
}
