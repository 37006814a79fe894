import { useSignal } from "@preact/signals";
import { inputTime, type LogSpan } from "../../lib/dashboard/logs/log_span.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface TimeFieldsProps {
  voice: Voice<WordKey<typeof logsWords>>;
  span: LogSpan;
}

/** The start and the end of a time span, in the reader's time zone; without scripts in the server's. */
export function TimeFields({ voice: { say }, span }: TimeFieldsProps) {
  const from = useSignal(inputTime(span.since));
  const to = useSignal(inputTime(span.until));
  return (
    <div class="log-span">
      <label class="log-choice">
        <span>{say("spanFrom")}</span>
        <input
          type="datetime-local"
          name="from"
          step={1}
          value={from.value}
          onInput={({ currentTarget }) => from.value = currentTarget.value}
        />
      </label>
      <label class="log-choice">
        <span>{say("spanTo")}</span>
        <input
          type="datetime-local"
          name="to"
          step={1}
          value={to.value}
          onInput={({ currentTarget }) => to.value = currentTarget.value}
        />
      </label>
    </div>
  );
}
