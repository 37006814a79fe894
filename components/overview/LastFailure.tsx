import { useComputed } from "@preact/signals";
import type { StatusModel } from "../../lib/dashboard/overview/status_model.ts";
import { newestError } from "../../lib/dashboard/overview/newest_error.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { Glyph } from "../health/Glyph.tsx";

export interface LastFailureProps {
  voice: Voice<"lastError" | "lastErrorAt">;
  model: StatusModel;
}

/** The last failure with its time and node, while failed articles exist. */
export function LastFailure({ voice, model }: LastFailureProps) {
  const { say } = voice;
  return useComputed(() => {
    const status = model.status.value;
    const text = status?.last_error ?? null;
    if (status === null || text === null) return null;
    if (status.queue_retry + status.queue_dead === 0) return null;
    const error = newestError(status);
    return (
      <section class="panel last-failure" data-tone="danger" aria-label={say("lastError")}>
        <Glyph shape="octagon" />
        <div>
          <h2>{say("lastError")}</h2>
          <p class="mono" data-field="last_error">{wordOutcome(voice.language, text)}</p>
        </div>
        {error !== null && (
          <p class="faint">
            {say("lastErrorAt", { time: voice.time(error.at), node: error.node })}
          </p>
        )}
      </section>
    );
  });
}
