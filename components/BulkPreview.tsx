import {
  type BulkKind,
  failureFields,
  type FailureQuery,
  failuresLink,
} from "../lib/dashboard/failure_query.ts";
import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";

export interface BulkPreviewProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  kind: BulkKind;
  query: FailureQuery;
  /** What fails later than then is not touched; ms since the epoch. */
  until: number;
  /** How many articles it would touch, and the first of them. */
  count: number;
  examples: { id: number; title: string | null; error: string | null }[];
}

const WORDS = {
  retry: { title: "askRetry", text: "askRetryText", confirm: "confirmRetry" },
  clear: { title: "askClear", text: "askClearText", confirm: "confirmClear" },
} as const;

/** What a bulk action would touch, before it is done. */
export function BulkPreview({ voice, kind, query, until, count, examples }: BulkPreviewProps) {
  const { say } = voice;
  const words = WORDS[kind];
  const { state, q, cause, ids } = query;
  const fields = failureFields({ state, q, cause, ids });
  return (
    <section class="panel preview" aria-labelledby="preview-title" data-kind={kind}>
      <div class="preview-text">
        <h2 id="preview-title" tabIndex={-1} autofocus>
          {count > 0 ? say(words.title, { count }) : say("askNone")}
        </h2>
        {count > 0 && <p>{say(words.text)}</p>}
      </div>
      {count > 0 && (
        <ul class="preview-examples">
          {examples.map(({ id, title, error }) => (
            <li key={id}>
              <span class="rows-id">{id}</span>
              <span class="preview-title">{title ?? say("missing")}</span>
              <span class="preview-error">{error}</span>
            </li>
          ))}
          {count > examples.length && (
            <li class="hint">{say("andMore", { count: count - examples.length })}</li>
          )}
        </ul>
      )}
      <div class="preview-choice">
        <a class="button" href={failuresLink({ state, q, cause })}>{say("cancel")}</a>
        {count > 0 && (
          <form method="post" action="/actions/failures/start">
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="until" value={until} />
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
      </div>
    </section>
  );
}
