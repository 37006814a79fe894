import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";

interface Props {
  id: string;
  label: ComponentChildren;
  shown: boolean;
  children?: ComponentChildren;
}

/** Contains elements from the server, which its button shows or hides. */
export default function Frame({ id, label, shown, children }: Props) {
  const open = useSignal(shown);
  const hydrated = useSignal(false);
  useEffect(() => {
    hydrated.value = true;
  }, []);
  return (
    <section id={id} data-hydrated={String(hydrated.value)}>
      <button type="button" class="toggle" onClick={() => open.value = !open.value}>{label}</button>
      {open.value && children}
    </section>
  );
}
