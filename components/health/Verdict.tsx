import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { describeHealth, type HealthVoice } from "../../lib/dashboard/health/describe_health.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import { APPEARANCE } from "../../lib/wire/health/health.ts";
import { Sign } from "./Sign.tsx";

export interface VerdictProps {
  voice: HealthVoice;
  live: LiveStatus;
  label: string;
  /** The actions. */
  actions: ComponentChildren;
  /** The links to the cause. */
  children: ComponentChildren;
}

/** The large display of the health: sign, name, reason, actions and links. */
export function Verdict({ voice, live, label, actions, children }: VerdictProps) {
  const { health } = live;
  const text = useComputed(() => describeHealth(voice, health.value));
  const look = useComputed(() => APPEARANCE[health.value.state]);
  return (
    <section
      class="verdict panel"
      data-tone={useComputed(() => look.value.tone)}
      data-health={useComputed(() => health.value.state)}
      data-turning={live.turning}
      aria-label={label}
    >
      <Sign shape={useComputed(() => look.value.shape)} />
      <div class="verdict-text">
        <h2 data-field="running">{useComputed(() => text.value.name)}</h2>
        <p class="why" data-field="verdict">{useComputed(() => text.value.reason)}</p>
      </div>
      <div class="acts">{actions}</div>
      <div class="next">{children}</div>
    </section>
  );
}
