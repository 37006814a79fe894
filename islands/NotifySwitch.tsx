import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { alertsWords } from "../lib/i18n/alerts_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import "../lib/dashboard/shell/base_path.ts";

export interface NotifySwitchProps {
  language: Language;
  words: Words<WordKey<typeof alertsWords>>;
}

/** Requests the permission to notify; hidden if granted, denied or unsupported. */
export default function NotifySwitch({ language, words }: NotifySwitchProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const canRequest = useSignal(false);
  useEffect(() => {
    canRequest.value = "Notification" in globalThis && Notification.permission === "default";
  }, []);

  async function requestPermission() {
    canRequest.value = await Notification.requestPermission() === "default";
  }

  return (
    <button
      type="button"
      class="button"
      data-look="quiet"
      hidden={!canRequest.value}
      title={voice.say("notifyHint")}
      onClick={requestPermission}
    >
      {voice.say("notify")}
    </button>
  );
}
