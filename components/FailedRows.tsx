import type { failuresWords } from "../lib/i18n/failures_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Moment } from "./Moment.tsx";
import { StateBadge } from "./StateBadge.tsx";

/** A failed article as a list shows it; times are ms since the epoch. */
export interface FailedRow {
  id: number;
  title: string | null;
  state: "retry" | "dead";
  tries: number;
  lastFailedAt: number | null;
  changedAt: number;
  error: string | null;
}

export interface FailedRowsProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  rows: FailedRow[];
  /** The id of the form that the boxes belong to; null: nothing can be selected. */
  form: string | null;
}

/** Failed articles as a table, each with a box to select it. */
export function FailedRows({ voice, rows, form }: FailedRowsProps) {
  const { say } = voice;
  return (
    <table class="rows">
      <thead>
        <tr>
          {form !== null && (
            <th scope="col">
              <span class="unseen">{say("select")}</span>
            </th>
          )}
          <th scope="col">{say("title")}</th>
          <th scope="col">{say("state")}</th>
          <th scope="col" class="rows-number">{say("tries")}</th>
          <th scope="col">{say("failedAt")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-key={row.id}>
            {form !== null && (
              <td class="rows-box">
                <input
                  type="checkbox"
                  name="id"
                  value={row.id}
                  form={form}
                  aria-label={say("selectArticle", { id: String(row.id) })}
                />
              </td>
            )}
            <td class="rows-title">
              {row.title === null
                ? <span>{say("missing")} {row.id}</span>
                : <a href={`/articles/${row.id}`}>{row.title || say("untitled")}</a>}
              <span class="rows-error">{row.error}</span>
            </td>
            <td>
              <StateBadge voice={voice} state={row.state} />
            </td>
            <td class="rows-number">{voice.number(row.tries)}</td>
            <td class="rows-time">
              <Moment voice={voice} at={row.lastFailedAt ?? row.changedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
