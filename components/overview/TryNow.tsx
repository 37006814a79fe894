import { useComputed } from "@preact/signals";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { Icon } from "../shell/Icon.tsx";

/** A button that reconnects immediately; shown while disconnected. */
export function TryNow({ voice, live }: { voice: Voice<"tryNow">; live: LiveStatus }) {
  return (
    <button
      type="button"
      class="button scripted"
      hidden={useComputed(() => live.health.value.state !== "gone")}
      onClick={() => void live.refresh()}
    >
      <Icon name="refresh" />
      <span>{voice.say("tryNow")}</span>
    </button>
  );
}
