import { type ReadonlySignal, useComputed } from "@preact/signals";
import { readNumber, steppedNumber } from "../../lib/dashboard/shell/number_text.ts";

export interface NumberInputProps {
  id: string;
  name: string;
  /** What is typed, which may be no number. */
  text: ReadonlySignal<string>;
  bounds: { least: number; most: number };
  /** Whether `text` is refused. */
  invalid: ReadonlySignal<boolean>;
  /** The ids of the elements that describe it. */
  describedBy: string;
  readOnly?: boolean;
  autofocus?: boolean;
  onText: (text: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

/**
 * A field of a whole number that keeps what is typed: a browser's number field has no value while its text is
 * no number. The arrow keys step within the bounds.
 */
export function NumberInput(props: NumberInputProps) {
  const { text, bounds, invalid, describedBy, readOnly = false, onText, ...rest } = props;

  function step(event: KeyboardEvent) {
    const by = STEPS[event.key];
    if (by === undefined || readOnly || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onText(String(steppedNumber(text.peek(), by, bounds)));
  }

  return (
    <input
      {...rest}
      type="text"
      role="spinbutton"
      inputMode="numeric"
      autocomplete="off"
      aria-valuemin={bounds.least}
      aria-valuemax={bounds.most}
      aria-valuenow={useComputed(() => readNumber(text.value) ?? undefined)}
      aria-valuetext={text}
      aria-invalid={useComputed(() => invalid.value ? "true" : "false")}
      aria-describedby={describedBy}
      readOnly={readOnly}
      value={text}
      onInput={({ currentTarget }) => onText(currentTarget.value)}
      onKeyDown={step}
    />
  );
}
