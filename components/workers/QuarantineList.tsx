import type { QuarantineView } from "../../lib/dashboard/workers/node_view.ts";
import type { Voice } from "../../lib/i18n/voice.ts";

export interface QuarantineListProps {
  voice: Voice<"quarantine" | "quarantineHint" | "quarantined" | "moment">;
  rows: readonly QuarantineView[];
}

/** The articles in a node's quarantine, with their elapsed time. */
export function QuarantineList({ voice, rows }: QuarantineListProps) {
  const { say } = voice;
  return (
    <section class="quarantine" aria-label={say("quarantine")}>
      <h3>{say("quarantine")}</h3>
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
