import { facetLabel } from "../../lib/dashboard/failures/facet_label.ts";
import {
  type FailureQuery,
  failuresLink,
  filterOnly,
  toggled,
} from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { FailureFacets } from "../../lib/wire/failure_facets.ts";
import { Bars } from "../charts/Bars.tsx";
import { Icon } from "../shell/Icon.tsx";
import { FacetTime } from "./FacetTime.tsx";

export interface FacetColumnProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  facets: FailureFacets;
  /** Whether this actor may retry. */
  mayAct: boolean;
}

/**
 * The counts of failures by reason, cause, group, source and node; each value has a link that filters, and one
 * to the preview of retrying what it counts.
 */
export function FacetColumn({ voice, query, facets, mayAct }: FacetColumnProps) {
  const { say } = voice;
  return (
    <aside id="facets" class="panel facets" popover="auto" aria-label={say("facets")}>
      <FacetTime voice={voice} query={query} time={facets.time} />
      {facets.facets.map(({ kind, total, values }) => (
        <details key={kind} id={`facet-${kind}`} class="facet" open>
          <summary>
            <span>{say(`facet_${kind}`)}</span>
            <span class="end">
              {values.length < total
                ? say("valuesOf", { shown: values.length, total })
                : voice.number(total)}
            </span>
          </summary>
          <ul data-still>
            {values.map(({ value, count, recent }) => {
              const label = facetLabel(voice, kind, value);
              const chosen = query[kind].includes(value);
              // Like the count, the preview is of this value alone, even if others of its facet are selected.
              const these = { ...filterOnly(query), [kind]: [value], ask: "retry" } as const;
              return (
                <li key={value} data-key={`${kind} ${value}`}>
                  <a
                    href={failuresLink(toggled(query, kind, value))}
                    aria-current={chosen ? "true" : "false"}
                    title={label}
                  >
                    <span class="box">
                      <Icon name="check" />
                    </span>
                    <span class="clip">{label}</span>
                    <Bars values={recent} label={say("recent", { counts: recent.join(", ") })} />
                    <span class="num">{voice.number(count)}</span>
                  </a>
                  {mayAct && (
                    <a
                      class="facet-retry"
                      href={failuresLink(these)}
                      aria-label={say("retryFacet", { label, count })}
                      title={say("retryFacet", { label, count })}
                    >
                      <Icon name="retry" />
                    </a>
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      ))}
    </aside>
  );
}
