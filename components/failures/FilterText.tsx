import { facetLabel } from "../../lib/dashboard/failures/facet_label.ts";
import { FACET_NAMES, type FailureQuery } from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Moment } from "../shell/Moment.tsx";

export interface FilterTextProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: Omit<FailureQuery, "cursor" | "ask">;
}

/** Describes a filter. */
export function FilterText({ voice, query }: FilterTextProps) {
  const { say } = voice;
  const { state, q, since, until, ids, selection } = query;
  const parts = [
    ...FACET_NAMES.flatMap((name) =>
      query[name].length === 0 ? [] : [
        <span key={name}>
          {say(`facet_${name}`)}{" "}
          <b>{query[name].map((value) => facetLabel(voice, name, value)).join(" / ")}</b>
        </span>,
      ]
    ),
    ...(state === null ? [] : [<b key="state">{say(`state_${state}`)}</b>]),
    ...(q === null ? [] : [<span key="q">{say("meant_text", { text: q })}</span>]),
    ...(since === null ? [] : [
      <span key="since">
        {say("since")} <Moment voice={voice} at={since} />
      </span>,
    ]),
    ...(until === null ? [] : [
      <span key="until">
        {say("until")} <Moment voice={voice} at={until} />
      </span>,
    ]),
    ...(selection ? [<b key="ids">{say("meant_ids", { count: ids.length })}</b>] : []),
    ...(!selection && ids.length > 0 ? [<span key="ids">{say("id")} {ids.join(", ")}</span>] : []),
  ];
  if (parts.length === 0) return <span>{say("meant_all")}</span>;
  return <span>{parts.flatMap((part, at) => at === 0 ? [part] : [" · ", part])}</span>;
}
