import {
  type FailureQuery,
  failuresLink,
  filterOnly,
} from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";

export interface FailureHeadProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  /** The counts by state, regardless of the state filter. */
  states: { retry: number; dead: number };
  /** The number of failed articles without any filter, which the navigation shows, too. */
  total: number;
}

/** The page's title, the states with their counts, and the export. */
export function FailureHead({ voice, query, states, total }: FailureHeadProps) {
  const { say } = voice;
  const filter = filterOnly(query);
  const counts = { all: states.retry + states.dead, ...states };
  const file = (format: string) => `/failures/export${failuresLink(filter)}&format=${format}`;
  return (
    <header class="head" data-failed={total}>
      <h1>{say("failures")}</h1>
      <nav class="segments" aria-label={say("states")}>
        {([null, "retry", "dead"] as const).map((state) => (
          <a
            key={state ?? "all"}
            href={failuresLink({ ...filter, state })}
            aria-current={state === filter.state ? "true" : "false"}
          >
            {state === null ? say("all") : say(`state_${state}`)}
            <b>{voice.number(counts[state ?? "all"])}</b>
          </a>
        ))}
      </nav>
      <p class="head-end">
        <Icon name="download" />
        <span>{say("export")}</span>
        <a class="link" href={file("csv")} download>CSV</a>
        <a class="link" href={file("json")} download>JSON</a>
      </p>
    </header>
  );
}
