import { type ReadonlySignal, useComputed, useSignalEffect } from "@preact/signals";
import type { ActionName, ActionResult } from "../lib/dashboard/actions.ts";
import { sayFailure } from "../lib/dashboard/say_failure.ts";
import type { failureWords } from "../lib/i18n/failure_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

type ResultKey =
  | "dismiss"
  | `${ActionName}Done`
  | `${ActionName}Failed`
  | WordKey<typeof failureWords>;

export interface ResultNoticeProps {
  voice: Voice<ResultKey>;
  result: ReadonlySignal<ActionResult | null>;
  dismiss: () => void;
}

/** How long good news stays; bad news stays until it is dismissed. */
const SHOWN_MS = 8_000;

/** What came of the last action, spoken by screen readers; nothing before the first. */
export function ResultNotice({ voice, result, dismiss }: ResultNoticeProps) {
  const kind = useComputed(() => result.value?.kind ?? "none");
  const text = useComputed(() => result.value === null ? "" : sayResult(voice, result.value));
  useSignalEffect(() => {
    if (result.value?.kind !== "done") return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <p class="unseen" role="status">{text}</p>
      <div class="notice" data-kind={kind}>
        <span class="notice-mark">
          {useComputed(() => <Icon name={kind.value === "failed" ? "alert" : "check"} />)}
        </span>
        <p aria-hidden="true">{text}</p>
        <form method="get" action="/" onSubmit={(event) => (event.preventDefault(), dismiss())}>
          <button
            type="submit"
            class="button"
            data-look="icon"
            aria-label={voice.say("dismiss")}
          >
            <Icon name="close" />
          </button>
        </form>
      </div>
    </>
  );
}

function sayResult(voice: Voice<ResultKey>, result: ActionResult): string {
  return result.kind === "done"
    ? voice.say(`${result.action}Done`, { count: result.count ?? 0 })
    : voice.say(`${result.action}Failed`, { reason: sayFailure(voice, result.failure) });
}
