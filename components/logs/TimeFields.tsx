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
  return (
    <div class="log-span">
      <TimeField name="from" label={say("spanFrom")} initial={inputTime(span.since)} />
      <TimeField name="to" label={say("spanTo")} initial={inputTime(span.until)} />
    </div>
  );
}

function TimeField({ name, label, initial }: { name: string; label: string; initial: string }) {
  const text = useSignal(initial);
  return (
    <label class="log-choice">
      <span>{label}</span>
      <input
        type="datetime-local"
        name={name}
        step={1}
        value={text.value}
        onInput={({ currentTarget }) => text.value = currentTarget.value}
      />
    </label>
  );
}
