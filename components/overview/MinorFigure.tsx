import type { ReadonlySignal } from "@preact/signals";

/** A secondary figure, as data. */
export interface MinorFigureProps {
  /** Its field in the status. */
  name: string;
  label: string;
  value: ReadonlySignal<string>;
  note: ReadonlySignal<string>;
}

/** A small figure with a note. */
export function MinorFigure({ name, label, value, note }: MinorFigureProps) {
  return (
    <div data-field={name}>
      <dt>{label}</dt>
      <dd title={note}>
        <span class="number">{value}</span> <small>{note}</small>
      </dd>
    </div>
  );
}
