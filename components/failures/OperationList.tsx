import { EVERY_FAILURE, type FailureQuery } from "../../lib/dashboard/failures/failure_query.ts";
import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { Moment } from "../shell/Moment.tsx";
import { FilterText } from "./FilterText.tsx";

/** A bulk operation; times are ms since the epoch. */
export interface OperationRow {
  id: number;
  kind: "retry" | "clear" | "undo";
  filter: {
    state?: "retry" | "dead" | undefined;
    reason?: string | string[] | undefined;
    fingerprint?: string | string[] | undefined;
    group?: string | string[] | undefined;
    source?: string | string[] | undefined;
    node?: string | string[] | undefined;
    text?: string | undefined;
    ids?: number[] | undefined;
    since?: number | undefined;
  };
  askedAt: number;
  askedBy: string;
  total: number;
  done: number;
  finishedAt: number | null;
  undoable: boolean;
}

export interface OperationListProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  operations: OperationRow[];
  mayAct: boolean;
  /** Whether these are finished and can no longer be undone. */
  earlier: boolean;
}

const DONE = { retry: "doneRetry", clear: "doneClear", undo: "doneUndo" } as const;
const ICONS = { retry: "retry", clear: "clear", undo: "undo" } as const;

/** Bulk operations of all actors, with progress, result and undo. */
export function OperationList({ voice, operations, mayAct, earlier }: OperationListProps) {
  const { say } = voice;
  const title = earlier ? "earlier-title" : "operations-title";
  return (
    <section class="panel" aria-labelledby={title}>
      <header class="panel-header">
        <h2 id={title}>{say(earlier ? "earlierOperations" : "operations")}</h2>
      </header>
      <ul class="operations" aria-live={earlier ? "off" : "polite"}>
        {operations.map((each) => {
          const { id, kind, total, done, finishedAt, askedBy, askedAt } = each;
          const running = finishedAt === null;
          return (
            <li key={id} data-key={`operation ${id}`} aria-busy={running ? "true" : undefined}>
              <Icon name={ICONS[kind]} />
              <div class="operation-what">
                <p>
                  {running ? say(`operation_${kind}`) : say(DONE[kind], { count: done })}{" "}
                  <span class="hint">
                    · <FilterText voice={voice} query={queryOf(each)} />
                  </span>
                </p>
                <p class="hint">
                  <Moment voice={voice} at={askedAt} /> · {wordAuthor(voice.language, askedBy)}
                </p>
              </div>
              {running && (
                <div class="operation-progress">
                  <progress
                    max={Math.max(1, total)}
                    value={done}
                    aria-labelledby={title}
                  />
                  <span aria-hidden="true">{say("running", { done, total })}</span>
                </div>
              )}
              {mayAct && each.undoable && (
                <form method="post" action="/actions/failures/undo">
                  <input type="hidden" name="operation" value={id} />
                  <button type="submit" class="button">
                    <Icon name="undo" />
                    <span>{say("undo")}</span>
                  </button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Converts the stored filter to a query, without its timestamp. */
function queryOf({ filter }: OperationRow): FailureQuery {
  const { state = null, fingerprint, text = null, ids, since = null } = filter;
  const list = (given: string | string[] | undefined) => given === undefined ? [] : [given].flat();
  return {
    ...EVERY_FAILURE,
    state,
    reason: list(filter.reason),
    cause: list(fingerprint),
    group: list(filter.group),
    source: list(filter.source),
    node: list(filter.node),
    q: text,
    since,
    ids: ids ?? [],
    selection: ids !== undefined,
  };
}
