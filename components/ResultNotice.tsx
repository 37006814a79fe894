import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ActionName, ActionResult } from "../lib/dashboard/actions.ts";
import { sayFailure } from "../lib/dashboard/say_failure.ts";
import type { failureWords } from "../lib/i18n/failure_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Notice } from "./Notice.tsx";

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

/** What came of the overview's last action. */
export function ResultNotice({ voice, result, dismiss }: ResultNoticeProps) {
  const notice = useComputed(() =>
    result.value && { kind: result.value.kind, text: sayResult(voice, result.value) }
  );
  return <Notice notice={notice} dismissLabel={voice.say("dismiss")} dismiss={dismiss} back="/" />;
}

function sayResult(voice: Voice<ResultKey>, result: ActionResult): string {
  return result.kind === "done"
    ? voice.say(`${result.action}Done`, { count: result.count ?? 0 })
    : voice.say(`${result.action}Failed`, { reason: sayFailure(voice, result.failure) });
}
