import { useComputed } from "@preact/signals";
import { describeHealth, type HealthVoice } from "../../lib/dashboard/health/describe_health.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import { APPEARANCE } from "../../lib/wire/health/health.ts";
import { Glyph } from "./Glyph.tsx";

/** The health in one line: shape, name, reason. */
export function HealthMark({ voice, live }: { voice: HealthVoice; live: LiveStatus }) {
  const { health } = live;
  const text = useComputed(() => describeHealth(voice, health.value));
  return (
    <a class="health-mark" href="/">
      {useComputed(() => <Glyph shape={APPEARANCE[health.value.state].shape} />)}
      <span class="state" data-field="health">{useComputed(() => text.value.name)}</span>
      <span class="reason" data-field="reason">{useComputed(() => text.value.reason)}</span>
    </a>
  );
}
