import { facetLabel } from "../../lib/dashboard/failures/facet_label.ts";
import {
  type BulkKind,
  failureFields,
  type FailureQuery,
  failuresLink,
  filterOnly,
} from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { Moment } from "../shell/Moment.tsx";
import { FilterText } from "./FilterText.tsx";

export interface BulkPreviewProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  kind: BulkKind;
  query: FailureQuery;
  /** Articles that fail after this time are excluded; ms since the epoch. */
  until: number;
  /** The number of affected articles. */
  count: number;
  /** By cause, the most frequent first, with the newest articles of each. */
  causes: {
    fingerprint: string;
    retry: number;
    dead: number;
    examples: { id: number; title: string | null }[];
  }[];
  /** The number of unlisted causes. */
  moreCauses: number;
}

const WORDS = {
  retry: { title: "askRetry", text: "askRetryText", confirm: "confirmRetry" },
  clear: { title: "askClear", text: "askClearText", confirm: "confirmClear" },
} as const;

/** The confirmation of a bulk action, with the affected articles by cause. */
export function BulkPreview(props: BulkPreviewProps) {
  const { voice, kind, query, until, count, causes, moreCauses } = props;
  const { say } = voice;
  const words = WORDS[kind];
  const back = failuresLink(filterOnly(query));
  const fields = failureFields({ ...query, cursor: null, ask: null });
  return (
    <section class="dialog preview" aria-labelledby="preview-title" data-kind={kind}>
      <header>
        <h2 id="preview-title" tabIndex={-1} autofocus>
          {count > 0 ? say(words.title, { count }) : say("askNone")}
        </h2>
        {count > 0 && (
          <p>
            {say("exactly")} <FilterText voice={voice} query={query} /> · {say("untilPreview")}{" "}
            <Moment voice={voice} at={until} />
          </p>
        )}
        {count > 0 && <p>{say(words.text)}</p>}
      </header>
      {count > 0 && (
        <div class="scroll">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{say("facet_cause")}</th>
                <th scope="col" class="num">{say("articles")}</th>
                <th scope="col">{say("examples")}</th>
              </tr>
            </thead>
            <tbody>
              {causes.map(({ fingerprint, retry, dead, examples }) => (
                <tr key={fingerprint}>
                  <td>
                    {facetLabel(voice, "cause", fingerprint)}
                    <svg
                      class="share"
                      viewBox="0 0 100 6"
                      preserveAspectRatio="none"
                      aria-hidden="true"
                    >
                      <rect width={Math.max(1, 100 * (retry + dead) / count)} height="6" />
                    </svg>
                  </td>
                  <td class="num">
                    <b>{voice.number(retry + dead)}</b>
                  </td>
                  <td class="soft preview-examples">
                    {examples.map(({ id, title }) => (
                      <span key={id}>
                        {title === null ? `${say("missing")} ${id}` : title || id}
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {moreCauses > 0 && <p class="preview-more">{say("moreCauses", { count: moreCauses })}</p>}
      <footer>
        <span class="end">
          <a class="button" href={back}>{say("cancel")}</a>
          {count > 0 && (
            <form method="post" action="/actions/failures/start">
              <input type="hidden" name="kind" value={kind} />
              <input type="hidden" name="asked" value={until} />
              {fields.map(([name, value]) => (
                <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
              ))}
              <button
                type="submit"
                class="button"
                data-look={kind === "clear" ? "danger" : "main"}
              >
                <Icon name={kind} />
                <span>{say(words.confirm, { count })}</span>
              </button>
            </form>
          )}
        </span>
      </footer>
    </section>
  );
}
