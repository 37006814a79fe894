import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { describe } from "../describe.ts";

/** Displays its props: on the server, and again in the browser. */
export default function Value(props: { value: unknown }) {
  const hydrated = useSignal(false);
  useEffect(() => {
    hydrated.value = true;
  }, []);
  return <output id="value" data-hydrated={String(hydrated.value)}>{describe(props)}</output>;
}
