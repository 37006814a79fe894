import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";
import { Moment } from "./Moment.tsx";

/** Something done to many articles at once; times are ms since the epoch. */
export interface OperationRow {
  id: number;
  kind: "retry" | "clear" | "undo";
  filter: {
    state?: string | undefined;
    fingerprint?: string | undefined;
    text?: string | undefined;
    ids?: number[] | undefined;
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
  /** Whether these are over and done with. */
  earlier: boolean;
}

const DONE = { retry: "doneRetry", clear: "doneClear", undo: "doneUndo" } as const;
const ICONS = { retry: "retry", clear: "clear", undo: "undo" } as const;

/** What was done to many articles at once, by anybody: how far it is, its result, and its undoing. */
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
                  <span class="hint">· {sayMeant(voice, each)}</span>
                </p>
                <p class="hint">
                  <Moment voice={voice} at={askedAt} /> · {askedBy}
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

/** Which articles were meant, in words. */
function sayMeant({ say }: OperationListProps["voice"], { kind, filter }: OperationRow): string {
  const { state, fingerprint, text, ids } = filter;
  if (ids !== undefined) return say("meant_ids");
  const parts = [
    ...(fingerprint === undefined ? [] : [fingerprint]),
    ...(text === undefined ? [] : [say("meant_text", { text })]),
  ];
  if (parts.length > 0) return parts.join(" · ");
  if (state === "retry") return say("meant_retry");
  return say(kind === "retry" && state === undefined ? "meant_all" : "meant_dead");
}
