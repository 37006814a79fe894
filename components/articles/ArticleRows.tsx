import type { ArticleState } from "../../lib/article/state_machine.ts";
import type { articlesWords } from "../../lib/i18n/articles_words.ts";
import { sourceLabel } from "../../lib/dashboard/articles/source_label.ts";
import { wordOutcome } from "../../lib/i18n/refusals/word_outcome.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Moment } from "../shell/Moment.tsx";
import { StateBadge } from "./StateBadge.tsx";

/** A row of the list of articles; times are ms since the epoch. */
export interface ArticleRow {
  id: number;
  title: string;
  source: string | null;
  group: string | null;
  state: ArticleState;
  paragraphs: number | null;
  createdAt: number;
  changedAt: number | null;
  error: string | null;
}

export interface ArticleRowsProps {
  voice: Voice<WordKey<typeof articlesWords>>;
  rows: ArticleRow[];
}

/** A table of articles, which becomes cards on narrow screens. */
export function ArticleRows({ voice, rows }: ArticleRowsProps) {
  const { say } = voice;
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say("id")}</th>
          <th scope="col">{say("title")}</th>
          <th scope="col">{say("group")}</th>
          <th scope="col">{say("state")}</th>
          <th scope="col" class="rows-number">{say("paragraphs")}</th>
          <th scope="col">{say("changed")}</th>
        </tr>
      </thead>
      <tbody data-list>
        {rows.map((row) => (
          <tr key={row.id} data-key={row.id}>
            <td class="rows-id">{row.id}</td>
            <td class="rows-title">
              <a href={`/articles/${row.id}`}>{row.title || say("untitled")}</a>
              {row.state === "retry" || row.state === "dead"
                ? (
                  <span class="rows-error">
                    {wordOutcome(voice.language, row.error ?? "")}
                  </span>
                )
                : (
                  <span class="rows-source" title={row.source ?? undefined}>
                    {row.source === null ? null : sourceLabel(voice, row.source)}
                  </span>
                )}
            </td>
            <td class="rows-group">{row.group}</td>
            <td>
              <StateBadge voice={voice} state={row.state} />
            </td>
            <td class="rows-number">
              {row.paragraphs === null ? "–" : voice.number(row.paragraphs)}
            </td>
            <td class="rows-time">
              <Moment voice={voice} at={row.changedAt ?? row.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
