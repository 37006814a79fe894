import { type FailureQuery, failuresLink, isFiltered } from "../lib/dashboard/failure_query.ts";
import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

export interface FailureFilterProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
}

/** Which failures are shown: links for the states, a form for the text. */
export function FailureFilter({ voice, query }: FailureFilterProps) {
  const { say } = voice;
  const { state, q, cause } = query;
  return (
    <search class="filter">
      <nav class="tabs" aria-label={say("states")}>
        {([null, "retry", "dead"] as const).map((each) => (
          <a
            key={each ?? ""}
            href={failuresLink({ state: each, q, cause })}
            aria-current={each === state ? "true" : undefined}
          >
            {each === null ? say("all") : say(`state_${each}`)}
          </a>
        ))}
      </nav>
      <form
        class="filter-form"
        data-fields="one"
        method="get"
        action="/failures"
        aria-label={say("search")}
      >
        {state !== null && <input type="hidden" name="state" value={state} />}
        {cause !== null && <input type="hidden" name="cause" value={cause} />}
        <label class="field filter-text">
          <span>{say("text")}</span>
          <input type="search" name="q" value={q ?? ""} placeholder={say("textHint")} />
        </label>
        <div class="filter-submit">
          <button type="submit" class="button" data-look="main">
            <Icon name="search" />
            <span>{say("submit")}</span>
          </button>
          {isFiltered(query) && <a class="button" data-look="quiet" href="?">{say("reset")}</a>}
        </div>
      </form>
    </search>
  );
}
