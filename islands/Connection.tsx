import { computed, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { browserEnvironment } from "../lib/dashboard/live_environment.ts";
import { type LiveStatus, liveStatus } from "../lib/dashboard/live_status.ts";
import { saySummary, summaryState } from "../lib/dashboard/say_summary.ts";
import { createSpokenSummary } from "../lib/dashboard/spoken_summary.ts";
import { showInTab, type TabState, tabState } from "../lib/dashboard/tab.ts";
import type { connectionWords } from "../lib/i18n/connection_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice, type Voice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { ProcessorStatus } from "../lib/status/processor_status.ts";

type Key = WordKey<typeof connectionWords>;

/** The number in the tab's title changes this often at most: nobody reads twenty a second. */
const TAB_MS = 1_000;

export interface ConnectionProps {
  language: Language;
  words: Words<Key>;
  status: ProcessorStatus | null;
}

/**
 * How fresh the page is, and a button that makes it so. The tab's title and icon follow, and a summary is
 * spoken by screen readers.
 */
export default function Connection({ language, words, status }: ConnectionProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(status), []);
  const answer = useSignal("");
  const spoken = useSignal("");
  const kind = useComputed(() => isBrokerDown(live) ? "broker down" : live.link.value.kind);
  const text = useComputed(() => describe(voice, live));
  const tab = useRef<{ state: TabState; at: number } | null>(null);
  useSignalEffect(() => {
    const { link, model } = live;
    const state = tabState(link.value, model.condition.value);
    const pending = model.status.value?.queue_pending ?? 0;
    const at = performance.now();
    // A status comes each second at least, so a number that is left out here is not left out for long.
    if (tab.current?.state === state && at - tab.current.at < TAB_MS) return;
    tab.current = { state, at };
    showInTab(state, sayTab(voice, state, pending));
  });

  useEffect(() => {
    const state = computed(() => summaryState(live));
    const summary = createSpokenSummary({
      state,
      say: () => saySummary(voice, state.peek(), live.model),
      environment: browserEnvironment(),
    });
    const stop = summary.text.subscribe((text) => spoken.value = text);
    return () => (stop(), summary[Symbol.dispose]());
  }, []);

  async function refresh(event: Event) {
    event.preventDefault();
    const { kind } = await live.refresh();
    answer.value = voice.say(kind === "done" ? "refreshed" : "notRefreshed");
  }

  return (
    <div class="connection">
      <p class="connection-mark" data-link={kind}>
        <span class="connection-dot" />
        <span data-field="connection">{text}</span>
      </p>
      <form method="get" action="/" onSubmit={refresh}>
        <button
          type="submit"
          class="button"
          data-look="quiet"
          aria-busy={useComputed(() => live.refreshing.value ? "true" : "false")}
        >
          <Icon name="refresh" />
          <span>{voice.say("refresh")}</span>
        </button>
      </form>
      <span class="unseen" role="status">{answer}</span>
      <span class="unseen" role="status" data-field="spoken">{spoken}</span>
    </div>
  );
}

/** Whether what arrives is told without the broker: the figures are those of before. */
function isBrokerDown({ link, model }: LiveStatus): boolean {
  const { kind } = link.value;
  return model.condition.value === "broker away" && (kind === "live" || kind === "stopped");
}

function describe(voice: Voice<Key>, live: LiveStatus): string {
  const { link, delayMs, knownAt, model } = live;
  const state = link.value;
  if (isBrokerDown(live)) {
    const since = knownAt.value;
    return since === null
      ? voice.say("brokerDown")
      : voice.say("brokerDownSince", { time: voice.time(since) });
  }
  switch (state.kind) {
    case "live": {
      const delay = delayMs.value;
      if (delay === null) return voice.say("live");
      return voice.say("liveDelay", { delay: Math.max(1, Math.round(delay)) });
    }
    case "connecting":
      return voice.say("connecting");
    case "stale":
      return voice.say("stale", { time: voice.time(state.since) });
    case "waiting": {
      const words = { "lost": "lost", "offline": "offline", "too many": "tooMany" } as const;
      return voice.say(words[state.cause], { count: state.seconds });
    }
    case "signed out":
      return voice.say("signedOut");
    case "stopped": {
      const at = model.status.value?.at;
      return at === undefined
        ? voice.say("unknownAge")
        : voice.say("asOf", { time: voice.time(at) });
    }
  }
}

function sayTab(voice: Voice<Key>, state: ReturnType<typeof tabState>, pending: number): string {
  switch (state) {
    case "running":
      return voice.say("tabRunning", { count: pending });
    case "stopped":
      return voice.say("tabStopped", { count: pending });
    case "trouble":
      return voice.say("tabTrouble");
    case "lost":
      return voice.say("tabLost");
  }
}
