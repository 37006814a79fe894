import { useComputed } from "@preact/signals";
import type { Errands } from "../lib/dashboard/errand.ts";
import { sayFailure } from "../lib/dashboard/say_failure.ts";
import type { failureWords } from "../lib/i18n/failure_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Notice } from "./Notice.tsx";

export interface ErrandNoticeProps<Name extends string> {
  voice: Voice<"dismiss" | `${Name}Done` | `${Name}Failed` | WordKey<typeof failureWords>>;
  errands: Pick<Errands<Name>, "result" | "dismiss">;
  /** The page without the notice. */
  back: string;
}

/** What came of a page's last request. */
export function ErrandNotice<Name extends string>(props: ErrandNoticeProps<Name>) {
  const { voice, errands: { result, dismiss }, back } = props;
  const notice = useComputed(() => {
    const last = result.value;
    if (last === null) return null;
    const text = last.kind === "done"
      ? voice.say(`${last.name}Done`)
      : voice.say(`${last.name}Failed`, { reason: sayFailure(voice, last.failure) });
    return { kind: last.kind, text };
  });
  return (
    <Notice notice={notice} dismissLabel={voice.say("dismiss")} dismiss={dismiss} back={back} />
  );
}
