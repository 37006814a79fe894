import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";

interface ToggleProps {
  id: string;
  open: boolean;
  children: ComponentChildren;
}

export default function Toggle({ id, open, children }: ToggleProps) {
  const shown = useSignal(open);
  return (
    <section id={id}>
      <button type="button" onClick={() => shown.value = !shown.value}>toggle</button>
      {shown.value ? <div>{children}</div> : null}
    </section>
  );
}
