import { useSignal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { LiveChartsProps } from "../components/LiveCharts.tsx";
import { whenSeen } from "../lib/dashboard/when_seen.ts";

export interface ChartsProps extends LiveChartsProps {
  /** The charts as the server draws them, which are shown until they come alive. */
  children: ComponentChildren;
}

const FOCUSABLE = "button, summary, [tabindex]";

/** Loads the code of the charts, which is most of the page's, once they are seen. */
export default function Charts({ children, ...props }: ChartsProps) {
  const place = useRef<HTMLDivElement>(null);
  const focused = useRef(-1);
  const loaded = useSignal<{ Charts: ComponentType<LiveChartsProps> } | null>(null);
  const focusable = () => [...place.current!.querySelectorAll<HTMLElement>(FOCUSABLE)];

  useEffect(() =>
    whenSeen(place.current!, async () => {
      const { LiveCharts } = await import("../components/LiveCharts.tsx");
      focused.current = focusable().findIndex((each) => each === document.activeElement);
      loaded.value = { Charts: LiveCharts };
    }), []);
  // The live charts are the same elements made anew: whoever was at one of them stays there.
  useLayoutEffect(() => focusable()[focused.current]?.focus(), [loaded.value]);

  return <div ref={place}>{loaded.value ? <loaded.value.Charts {...props} /> : children}</div>;
}
