import { useComputed } from "@preact/signals";
import { describeHealth } from "../../lib/dashboard/health/describe_health.ts";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { APPEARANCE } from "../../lib/wire/health/health.ts";
import { Chip } from "../shell/Chip.tsx";
import { CountDown } from "./CountDown.tsx";

export interface VerdictLinksProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  live: LiveStatus;
}

/** The other problems, and links to the cause. */
export function VerdictLinks({ voice, live }: VerdictLinksProps) {
  const { say, time } = voice;
  const { health, troubles, model, link } = live;
  return useComputed(() => {
    const state = health.value;
    const next = link.value;
    if (state.state === "gone") {
      return next.kind === "waiting" && <Chip>{say("chipRetrying", { count: next.seconds })}</Chip>;
    }
    const also = troubles.value.slice(1, 3).map((trouble) => (
      <Chip key={trouble.state} tone={APPEARANCE[trouble.state].tone}>
        {describeHealth(voice, trouble).name}
      </Chip>
    ));
    const lost = state.state === "lost"
      ? model.status.value?.nodes.find(({ node }) => node === state.node)
      : undefined;
    const until = lost?.lease_until ?? null;
    return (
      <>
        {lost !== undefined && until !== null && state.state === "lost" &&
          state.seconds !== null && (
          <CountDown
            label={say("backInQueue")}
            left={say("seconds", { count: state.seconds })}
            share={1 - state.seconds * 1_000 / Math.max(1, until - lost.seen_at)}
          />
        )}
        {also}
        {lost !== undefined && (
          <Chip href="/workers">{say("chipHeartbeat", { time: time(lost.seen_at) })}</Chip>
        )}
        <Chip href="/workers">
          {say("chipNodes", { count: model.nodes.value ?? 0, workers: model.workers.value ?? 0 })}
        </Chip>
        {Boolean(model.dead.value) && (
          <Chip href="/failures?state=dead">
            {say("chipDead", { count: model.dead.value ?? 0 })}
          </Chip>
        )}
      </>
    );
  });
}
