import { useComputed } from "@preact/signals";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { StreamRequests } from "../../lib/dashboard/requests/stream_requests.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { ActionButton } from "./ActionButton.tsx";

export interface StreamActionsProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  live: LiveStatus;
  actions: StreamRequests;
  /** Opens the confirmation of clearing. */
  askToClear: () => void;
}

/** The buttons for the stream as a whole; inactive ones stay in place. */
export function StreamActions({ voice, live, actions, askToClear }: StreamActionsProps) {
  const { say } = voice;
  const { model, troubles } = live;
  const look = useComputed(() =>
    troubles.value.some(({ state }) => state === "stopped") ? "main" : "plain"
  );
  const retry = useComputed(() => say("retry", { count: model.retry.value ?? 0 }));
  const clear = useComputed(() => say("clear", { count: model.dead.value ?? 0 }));
  const canRetry = useComputed(() => Boolean(model.retry.value));
  const canClear = useComputed(() => Boolean(model.dead.value));
  return (
    <>
      <ActionButton
        action="start"
        actions={actions}
        icon="start"
        label={say("start")}
        look={look}
      />
      <ActionButton action="stop" actions={actions} icon="stop" label={say("stop")} />
      <ActionButton
        action="retry"
        actions={actions}
        icon="retry"
        label={retry}
        useful={canRetry}
      />
      <ActionButton
        action="clear"
        actions={actions}
        icon="clear"
        label={clear}
        useful={canClear}
        instead={askToClear}
      />
    </>
  );
}
