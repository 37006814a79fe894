import { type FailureQuery, failuresLink } from "../lib/dashboard/failure_query.ts";
import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

export interface FailureToolsProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  /** How many match. */
  retry: number;
  dead: number;
  mayAct: boolean;
}

/** What can be done with all failures that match: retry, clear, export. */
export function FailureTools({ voice, query, retry, dead, mayAct }: FailureToolsProps) {
  const { say } = voice;
  const { state, q, cause } = query;
  const match = { state, q, cause };
  const exported = failuresLink(match);
  return (
    <div class="tools">
      {mayAct && retry + dead > 0 && (
        <a class="button" href={failuresLink({ ...match, ask: "retry" })}>
          <Icon name="retry" />
          <span>{say("retryAll", { count: retry + dead })}</span>
        </a>
      )}
      {mayAct && dead > 0 && (
        <a class="button" href={failuresLink({ ...match, ask: "clear" })}>
          <Icon name="clear" />
          <span>{say("clearAll", { count: dead })}</span>
        </a>
      )}
      {retry + dead > 0 && (
        <p class="tools-export">
          <span>{say("export")}</span>
          <a href={`/failures/export${exported}&format=csv`} download>CSV</a>
          <a href={`/failures/export${exported}&format=json`} download>JSON</a>
        </p>
      )}
    </div>
  );
}
