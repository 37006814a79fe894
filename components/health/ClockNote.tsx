import { useComputed } from "@preact/signals";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { FreshVoice } from "./FreshMark.tsx";

export interface ClockNoteProps {
  voice: FreshVoice;
  live: Pick<LiveStatus, "clockOffMs">;
}

/** A line that this device's clock is wrong; none while it agrees with the server's. */
export function ClockNote({ voice, live }: ClockNoteProps) {
  return useComputed(() => {
    const off = live.clockOffMs.value;
    if (off === null) return null;
    const duration = voice.duration(Math.abs(off) / 1_000);
    return (
      <p class="clock-note" data-tone="warning">
        {voice.say(off > 0 ? "clockAhead" : "clockBehind", { duration })}
      </p>
    );
  });
}
