import { useComputed } from "@preact/signals";
import type { ImportJob, ImportProgress } from "../../lib/dashboard/import/import_queue.ts";
import type { Failure } from "../../lib/dashboard/requests/api.ts";
import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { isAllRejected } from "../../lib/wire/is_all_rejected.ts";
import { Icon } from "../shell/Icon.tsx";
import { ImportResult } from "./ImportResult.tsx";

export interface ImportJobCardProps {
  voice: Voice<WordKey<typeof importWords>>;
  job: ImportJob;
  cancel: () => void;
  /** Sends a failed source again. */
  retry: () => void;
}

/** One source of articles: its progress, then its result. */
export function ImportJobCard({ voice, job, cancel, retry }: ImportJobCardProps) {
  const { progress, size } = job;
  const name = job.name ?? voice.say("pasted");
  const under = useComputed(() => ["waiting", "sending"].includes(progress.value.kind));
  const cancelable = useComputed(() => under.value || progress.value.kind === "interrupted");
  const sent = useComputed(() => progress.value.kind === "sending" ? progress.value.sent : 0);
  return (
    <li class="import-job" data-kind={useComputed(() => progress.value.kind)}>
      <header>
        <h3>{name}</h3>
        <p role="status">{useComputed(() => describeProgress(voice, progress.value, size))}</p>
        {useComputed(() =>
          cancelable.value && (
            <button
              type="button"
              class="button"
              data-look="icon"
              aria-label={voice.say("cancel", { name })}
              onClick={cancel}
            >
              <Icon name="close" />
            </button>
          )
        )}
      </header>
      {useComputed(() =>
        under.value && (
          <progress max={size} value={sent} aria-label={voice.say("progress", { name })} />
        )
      )}
      {useComputed(() => {
        const state = progress.value;
        if (state.kind === "failed") return <ImportResult voice={voice} state={state} />;
        if (state.kind !== "done") return null;
        return <ImportResult voice={voice} state={{ ...state, name: job.name }} />;
      })}
      {useComputed(() =>
        progress.value.kind === "failed" && isPassing(progress.value.failure) && (
          <p class="import-next">
            <button
              type="button"
              class="button"
              aria-label={voice.say("retryImport", { name })}
              onClick={retry}
            >
              {voice.say("retry")}
            </button>
          </p>
        )
      )}
    </li>
  );
}

/** Whether the same content can succeed later. */
function isPassing(failure: Failure): boolean {
  return failure.kind !== "refused" || failure.status === 429 || failure.status >= 500;
}

function describeProgress(
  voice: ImportJobCardProps["voice"],
  progress: ImportProgress,
  size: number,
): string {
  switch (progress.kind) {
    case "waiting":
      return voice.say("waiting");
    case "sending": {
      const { sent, rate } = progress;
      if (sent >= size) return voice.say("saving");
      const [part, whole, speed] = [sent, size, rate].map(voice.bytes) as [string, string, string];
      return voice.say("sending", { sent: part, size: whole, rate: speed });
    }
    case "interrupted":
      return voice.say("interrupted", { reason: describeFailure(voice, progress.failure) });
    case "done": {
      const { figures, seconds } = progress;
      if (isAllRejected(figures)) return voice.say("importedNone");
      if (seconds < 1) return voice.say("finishedPlain");
      const rate = Math.round((figures.accepted + figures.duplicates) / seconds);
      return voice.say("finished", { time: voice.duration(seconds), rate });
    }
    case "failed":
      return "";
    case "cancelled":
      return voice.say("cancelled");
  }
}
