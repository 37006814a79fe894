import type { ReadonlySignal, Signal } from "@preact/signals";

export function Add({ count }: { count: Signal<number> }) {
  return <button id="add" type="button" onClick={() => count.value++}>add</button>;
}

interface SumProps {
  id: string;
  count: ReadonlySignal<number>;
  doubled: ReadonlySignal<number>;
}

export function Sum({ id, count, doubled }: SumProps) {
  return <output id={id}>{count}/{doubled}</output>;
}
