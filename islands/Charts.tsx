import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type {
  BreakdownCode,
  LiveCharts,
  LiveChartsProps,
} from "../components/charts/LiveCharts.tsx";
import { PartMissing } from "../components/shell/PartMissing.tsx";
import { whenSeen } from "../lib/dashboard/charts/when_seen.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import "../lib/dashboard/shell/base_path.ts";

export interface ChartsProps extends LiveChartsProps {
  /** The server-rendered charts, which are shown until hydration. */
  children: ComponentChildren;
}

const FOCUSABLE = "button, summary, input, [tabindex]";

/** Lazily loads the code of the charts once they are visible. */
export default function Charts({ children, ...props }: ChartsProps) {
  const voice = useMemo(() => createVoice(props.language, props.words), []);
  const place = useRef<HTMLDivElement>(null);
  const focused = useRef(-1);
  const loaded = useSignal<
    { Charts: typeof LiveCharts; code: BreakdownCode | null } | null
  >(null);
  const failed = useSignal(false);
  const focusable = () => [...place.current!.querySelectorAll<HTMLElement>(FOCUSABLE)];

  useEffect(() =>
    whenSeen(place.current!, async () => {
      try {
        const { LiveCharts, loadBreakdown } = await import("../components/charts/LiveCharts.tsx");
        const code = props.firstBreakdown.by === null ? null : await loadBreakdown();
        focused.current = focusable().findIndex((each) => each === document.activeElement);
        loaded.value = { Charts: LiveCharts, code };
      } catch {
        failed.value = true;
      }
    }), []);
  // The live charts replace the server's elements; the focus moves to the corresponding one.
  useLayoutEffect(() => focusable()[focused.current]?.focus(), [loaded.value]);

  return (
    <div ref={place} data-live={loaded.value ? "true" : "false"}>
      {loaded.value ? <loaded.value.Charts {...props} code={loaded.value.code} /> : children}
      {failed.value && <PartMissing voice={voice} />}
    </div>
  );
}
