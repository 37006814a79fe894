import {
  type FailureQuery,
  failuresLink,
  filterOnly,
} from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";

export interface FailureToolsProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  /** The number of matches. */
  retry: number;
  dead: number;
}

/** The actions on all matching failures; each leads to a preview. */
export function FailureTools({ voice, query, retry, dead }: FailureToolsProps) {
  const { say } = voice;
  const filter = filterOnly(query);
  return (
    <div class="end">
      {retry + dead > 0 && (
        <a class="button" href={failuresLink({ ...filter, ask: "retry" })}>
          <Icon name="retry" />
          <span>{say("retryAll", { count: retry + dead })}</span>
        </a>
      )}
      {dead > 0 && (
        <a
          class="button"
          data-look="danger"
          href={failuresLink({ ...filter, ask: "clear" })}
        >
          <Icon name="clear" />
          <span>{say("clearAll", { count: dead })}</span>
        </a>
      )}
    </div>
  );
}
