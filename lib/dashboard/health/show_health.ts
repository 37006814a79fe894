import { computed, effect } from "@preact/signals";
import type { freshWords } from "../../i18n/fresh_words.ts";
import type { healthWords } from "../../i18n/health_words.ts";
import type { Voice } from "../../i18n/voice.ts";
import type { WordKey } from "../../i18n/words.ts";
import { APPEARANCE } from "../../wire/health/health.ts";
import { browserEnvironment } from "../live/live_environment.ts";
import type { LiveStatus } from "../live/live_status.ts";
import { showInTab } from "../shell/tab.ts";
import { describeHealth, sayHealth } from "./describe_health.ts";
import { createSpokenHealth } from "./spoken_health.ts";

export type PageHealthVoice = Voice<WordKey<typeof healthWords> | WordKey<typeof freshWords>>;

/**
 * Shows the health around the page until the returned function is called: in the tab, on the document as
 * `data-stale`, and by `speak` to screen readers.
 */
export function showHealth(
  voice: PageHealthVoice,
  live: LiveStatus,
  speak: (text: string) => void,
): () => void {
  const { health, model, fresh } = live;
  const stopTab = effect(() => {
    showInTab(APPEARANCE[health.value.state].shape, describeHealth(voice, health.value).title);
  });
  const stopStale = effect(() => {
    document.documentElement.toggleAttribute("data-stale", !fresh.value);
  });
  const spoken = createSpokenHealth({
    state: computed(() => health.value.state),
    say: () =>
      voice.say("spoken", {
        health: sayHealth(voice, health.peek()),
        pending: model.pending.peek() ?? 0,
        retry: model.retry.peek() ?? 0,
        dead: model.dead.peek() ?? 0,
      }),
    environment: browserEnvironment(),
  });
  const stopSpeaking = spoken.text.subscribe(speak);
  return () => {
    stopTab();
    stopStale();
    stopSpeaking();
    spoken[Symbol.dispose]();
  };
}
