import type { QuarantineView } from "../lib/dashboard/node_view.ts";
import type { Voice } from "../lib/i18n/voice.ts";

export interface QuarantineListProps {
  voice: Voice<"quarantine" | "quarantineHint" | "quarantined" | "moment">;
  rows: readonly QuarantineView[];
}

/** The articles that a node computes in a thread of their own, and for how long already. */
export function QuarantineList({ voice, rows }: QuarantineListProps) {
  const { say } = voice;
  return (
    <section class="quarantine" aria-label={say("quarantine")}>
      <h4>{say("quarantine")}</h4>
      <ul>
        {rows.map(({ article, seconds }) => (
          <li key={article}>
            <a href={`/articles/${article}`}>{say("quarantined", { article: String(article) })}</a>
            <span>{seconds < 1 ? say("moment") : voice.duration(seconds)}</span>
          </li>
        ))}
      </ul>
      <p class="hint">{say("quarantineHint")}</p>
    </section>
  );
}
