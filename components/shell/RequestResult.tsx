import { useComputed } from "@preact/signals";
import type { Requests } from "../../lib/dashboard/requests/requests.ts";
import { describeFailure } from "../../lib/dashboard/requests/describe_failure.ts";
import type { failureWords } from "../../lib/i18n/failure_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Notice } from "./Notice.tsx";

export interface RequestResultProps<Name extends string> {
  voice: Voice<"dismiss" | `${Name}Done` | `${Name}Failed` | WordKey<typeof failureWords>>;
  requests: Pick<Requests<Name>, "result" | "dismiss">;
  /** The link to the page without the notice. */
  back: string;
  /** Undoes an operation, if offered; `label` is its button's. */
  undo?: { label: string; run: (operation: string) => void };
}

/** The result of a page's last request. */
export function RequestResult<Name extends string>(props: RequestResultProps<Name>) {
  const { voice, requests: { result, dismiss }, back, undo } = props;
  const notice = useComputed(() => {
    const last = result.value;
    if (last === null) return null;
    if (last.kind === "failed") {
      const reason = describeFailure(voice, last.failure);
      return { kind: last.kind, text: voice.say(`${last.name}Failed`, { reason }) };
    }
    const { operation } = last;
    const text = voice.say(`${last.name}Done`, { count: last.count ?? 0 });
    if (undo === undefined || operation === null) return { kind: last.kind, text };
    return { kind: last.kind, text, undo: { ...undo, run: () => undo.run(operation) } };
  });
  return (
    <Notice notice={notice} dismissLabel={voice.say("dismiss")} dismiss={dismiss} back={back} />
  );
}
