import type { failuresWords } from "../../lib/i18n/failures_words.ts";
import { sourceLabel } from "../../lib/dashboard/articles/source_label.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Glyph } from "../health/Glyph.tsx";
import { Moment } from "../shell/Moment.tsx";

/** A row of the list of failed articles; times are ms since the epoch. */
export interface FailedRow {
  id: number;
  title: string | null;
  state: "retry" | "dead";
  tries: number;
  lastFailedAt: number | null;
  changedAt: number;
  error: string | null;
  source: string | null;
  node: string | null;
}

export interface FailedRowsProps {
  voice: Voice<WordKey<typeof failuresWords>>;
  rows: FailedRow[];
  /** The id of the checkboxes' form; null if nothing can be selected. */
  form: string | null;
}

/** A table of failed articles with checkboxes. */
export function FailedRows({ voice, rows, form }: FailedRowsProps) {
  const { say } = voice;
  return (
    <table class="table slim">
      <thead>
        <tr>
          <th scope="col">
            {form === null ? <span class="unseen">{say("select")}</span> : (
              <input
                type="checkbox"
                class="scripted"
                data-selects={form}
                aria-label={say("selectAll")}
              />
            )}
          </th>
          <th scope="col">{say("id")}</th>
          <th scope="col">{say("title")}</th>
          <th scope="col">{say("state")}</th>
          <th scope="col">{say("facet_source")}</th>
          <th scope="col">{say("facet_node")}</th>
          <th scope="col" class="num">{say("tries")}</th>
          <th scope="col" class="num">{say("failedAt")}</th>
        </tr>
      </thead>
      <tbody data-list>
        {rows.map((row) => (
          <tr key={row.id} data-key={row.id}>
            <td>
              {form !== null && (
                <input
                  type="checkbox"
                  name="id"
                  value={row.id}
                  form={form}
                  aria-label={say("selectArticle", { id: String(row.id) })}
                />
              )}
            </td>
            <td class="id">{row.id}</td>
            <td class="failed-title">
              <a class="link" href={`/articles/${row.id}`}>
                {row.title === null ? say("missing") : row.title || say("untitled")}
              </a>
              <FailedError error={wordOutcome(voice.language, row.error ?? "")} />
            </td>
            <td>
              <span class="state" data-tone={row.state === "dead" ? "danger" : "warning"}>
                <Glyph shape={row.state === "dead" ? "octagon" : "arrow"} />
                {say(`state_${row.state}`)}
              </span>
            </td>
            <td class="failed-source" title={row.source ?? undefined}>
              {row.source === null ? "–" : sourceLabel(voice, row.source)}
            </td>
            <td class="nowrap">{row.node ?? "–"}</td>
            <td class="num">{voice.number(row.tries)}</td>
            <td class="num nowrap">
              <Moment voice={voice} at={row.lastFailedAt ?? row.changedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FailedError({ error }: { error: string }) {
  return <span class="failed-error" title={error || undefined}>{error}</span>;
}
