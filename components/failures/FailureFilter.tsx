import { facetLabel } from "../../lib/dashboard/failures/facet_label.ts";
import {
  EVERY_FAILURE,
  FACET_NAMES,
  failureFields,
  type FailureQuery,
  failuresLink,
  filterOnly,
  isFiltered,
  toggled,
} from "../../lib/dashboard/failures/failure_query.ts";
import { writeToken } from "../../lib/dashboard/failures/filter_tokens.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { Facet } from "../../lib/wire/failure_facets.ts";
import { Icon } from "../shell/Icon.tsx";
import { Moment } from "../shell/Moment.tsx";
import { FilterToken } from "./FilterToken.tsx";

export interface FailureFilterProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  query: FailureQuery;
  /** The facets, whose values are suggested. */
  facets: Facet[];
}

/** The filter: tokens with links that remove them, and a text field. */
export function FailureFilter({ voice, query, facets }: FailureFilterProps) {
  const { say } = voice;
  const filter = filterOnly(query);
  const without = (part: Partial<FailureQuery>) => failuresLink({ ...filter, ...part });
  const offered = facets.flatMap(({ kind, values }) =>
    values.map(({ value }) =>
      writeToken(voice.language === "zh" ? say(`facet_${kind}`) : kind, value)
    )
  );
  return (
    <search class="filter failure-filter">
      {/* The column of facets is a sheet on narrow screens. */}
      <button type="button" class="button facets-open" data-size="small" popovertarget="facets">
        {say("facets")}
      </button>
      {FACET_NAMES.flatMap((name) =>
        filter[name].map((value) => (
          <FilterToken
            key={`${name} ${value}`}
            voice={voice}
            name={say(`facet_${name}`)}
            href={failuresLink(toggled(query, name, value))}
          >
            {facetLabel(voice, name, value)}
          </FilterToken>
        ))
      )}
      {filter.since !== null && (
        <FilterToken voice={voice} name={say("since")} href={without({ since: null })}>
          <Moment voice={voice} at={filter.since} />
        </FilterToken>
      )}
      {filter.until !== null && (
        <FilterToken voice={voice} name={say("until")} href={without({ until: null })}>
          <Moment voice={voice} at={filter.until} />
        </FilterToken>
      )}
      {filter.ids.length > 0 && (
        <FilterToken voice={voice} name={say("id")} href={without({ ids: [] })}>
          {filter.ids.join(", ")}
        </FilterToken>
      )}
      {filter.q !== null && (
        <FilterToken voice={voice} name={say("text")} href={without({ q: null })}>
          {filter.q}
        </FilterToken>
      )}
      <form class="filter-add" method="get" action="/failures" aria-label={say("search")}>
        {failureFields({ ...filter, q: null }).map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <input
          id="search"
          type="search"
          name="q"
          list="failure-tokens"
          autocomplete="off"
          aria-label={say("addFilter")}
          placeholder={say("tokenHint")}
        />
        <datalist id="failure-tokens">
          {offered.map((token) => <option key={token} value={token} />)}
        </datalist>
        <button type="submit" class="button" data-look="quiet" data-size="small">
          <Icon name="search" />
          <span>{say("submit")}</span>
        </button>
      </form>
      {isFiltered(query) && (
        <a
          class="button"
          data-look="quiet"
          data-size="small"
          href={failuresLink({ ...EVERY_FAILURE })}
        >
          {say("reset")}
        </a>
      )}
    </search>
  );
}
