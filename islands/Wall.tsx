import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { describeFreshness } from "../components/health/FreshMark.tsx";
import { Sign } from "../components/health/Sign.tsx";
import { NodeRows } from "../components/overview/NodeRows.tsx";
import { Race } from "../components/overview/Race.tsx";
import { TopCauses } from "../components/overview/TopCauses.tsx";
import { describeHealth } from "../lib/dashboard/health/describe_health.ts";
import { showHealth } from "../lib/dashboard/health/show_health.ts";
import { type FirstStatus, liveStatus } from "../lib/dashboard/live/live_status.ts";
import {
  createCauseModel,
  type TopCauses as Causes,
} from "../lib/dashboard/overview/cause_model.ts";
import { below } from "../lib/dashboard/shell/base_path.ts";
import type { StreamSample } from "../lib/wire/stream_sample.ts";
import { createTrendModel } from "../lib/dashboard/overview/trend_model.ts";
import { nameDay, nameZone } from "../lib/i18n/calendar.ts";
import type { Language } from "../lib/i18n/language.ts";
import type { overviewSideWords } from "../lib/i18n/overview_side_words.ts";
import type { overviewWords } from "../lib/i18n/overview_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import { APPEARANCE } from "../lib/wire/health/health.ts";
import "../lib/dashboard/shell/base_path.ts";

export interface WallProps {
  language: Language;
  words: Words<WordKey<typeof overviewWords> | WordKey<typeof overviewSideWords>>;
  first: FirstStatus;
  samples: readonly StreamSample[];
  causes: Causes | null;
  /** The charts. */
  children: ComponentChildren;
}

const SECOND = 1_000;

/** The overview for a wall display: readable from six meters, without controls; Esc leaves. */
export default function Wall({ language, words, first, samples, causes, children }: WallProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const live = useMemo(() => liveStatus(first), []);
  const trend = useMemo(() => createTrendModel(first.status, samples), []);
  const model = useMemo(() => createCauseModel(causes), []);
  const now = useSignal(Date.now());
  const { health } = live;

  useEffect(() => showHealth(voice, live, () => {}), []);
  useEffect(() => model.follow(live), []);
  useEffect(() => {
    const timer = setInterval(() => now.value = Date.now(), SECOND);
    const leave = ({ key }: KeyboardEvent) => key === "Escape" && location.assign(below("/"));
    document.addEventListener("keydown", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("keydown", leave);
    };
  }, []);
  useSignalEffect(() => {
    if (live.model.status.value !== null) trend.note(live.model.status.value);
  });

  const text = useComputed(() => describeHealth(voice, health.value));
  const look = useComputed(() => APPEARANCE[health.value.state]);
  return (
    <main class="wall">
      <header
        class="panel verdict wall-top"
        data-tone={useComputed(() => look.value.tone)}
        data-health={useComputed(() => health.value.state)}
        data-turning={live.turning}
      >
        <Sign shape={useComputed(() => look.value.shape)} />
        <div>
          <h1 data-field="running">{useComputed(() => text.value.name)}</h1>
          <p class="why" data-field="verdict">{useComputed(() => text.value.reason)}</p>
        </div>
        <div class="wall-clock">
          <b>{useComputed(() => voice.time(now.value))}</b>
          <span class="soft" data-link={useComputed(() => live.link.value.kind)}>
            {useComputed(() => `${nameDay(language, now.value)} · ${nameZone(language)} · `)}
            {useComputed(() => describeFreshness(voice, live))}
          </span>
        </div>
      </header>
      <Race voice={voice} live={live} trend={trend} minor={false} />
      <div class="wall-grid">
        {children}
        <div class="wall-side">
          <NodeRows voice={voice} live={live} linked={false} />
          <TopCauses voice={voice} top={model.top} linked={false} />
        </div>
      </div>
    </main>
  );
}
