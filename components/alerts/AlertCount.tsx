import { useComputed, useSignalEffect } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { notifyDesktop } from "../../lib/dashboard/alerts/desktop_notification.ts";
import { firingOf } from "../../lib/dashboard/alerts/firing_count.ts";
import { liveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { Words } from "../../lib/i18n/words.ts";

export interface AlertCountProps {
  language: Language;
  words: Words<"notification">;
}

/** The number of firing rules, next to the link, on the app's icon, and as a notification. */
export function AlertCount({ language, words }: AlertCountProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const { model } = useMemo(() => liveStatus(null), []);
  const count = useComputed(() => firingOf(model.status.value));
  const before = useRef<number | null>(null);
  useSignalEffect(() => {
    const { firing, browser } = count.value;
    const known = before.current;
    before.current = browser;
    if (model.status.peek() === null) return;
    void (firing > 0 ? navigator.setAppBadge?.(firing) : navigator.clearAppBadge?.())?.catch(() => {
      // Only an installed app has an icon badge.
    });
    if (known === null || browser <= known) return;
    notifyDesktop(voice.say("notification", { count: browser }));
  });
  return (
    <span class="count" hidden={useComputed(() => count.value.firing === 0)}>
      {useComputed(() => voice.number(count.value.firing))}
    </span>
  );
}
