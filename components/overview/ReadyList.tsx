import { useComputed } from "@preact/signals";
import type { LiveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { overviewWords } from "../../lib/i18n/overview_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Glyph } from "../health/Glyph.tsx";

export interface ReadyListProps {
  voice: Voice<WordKey<typeof overviewWords>>;
  live: LiveStatus;
}

/** The checklist of requirements for the first article. */
export function ReadyList({ voice, live }: ReadyListProps) {
  const { say } = voice;
  const { model, troubles } = live;
  return (
    <section class="panel" aria-labelledby="ready-title">
      <header>
        <h2 id="ready-title">{say("readyTitle")}</h2>
      </header>
      {useComputed(() => {
        const isAway = (state: string) => troubles.value.some((each) => each.state === state);
        const parts = [
          { name: say("readyDatabase"), ready: !isAway("database") },
          { name: say("readyQueue"), ready: !isAway("broker") },
        ].map(({ name, ready }) => ({ name, ready, note: say(ready ? "readyYes" : "readyNo") }));
        const nodes = model.status.value?.nodes.filter(({ role }) => role !== "web") ?? [];
        const rows = [
          ...parts,
          ...nodes.map(({ node, lost, workers }) => ({
            name: say("readyNode", { node }),
            ready: !lost,
            note: say("idleWorkers", { count: workers }),
          })),
        ];
        return (
          <ul class="rows">
            {rows.map(({ name, ready, note }) => (
              <li key={name}>
                <span class="state" data-tone={ready ? "good" : "danger"}>
                  <Glyph shape={ready ? "tick" : "cross"} />
                  {name}
                </span>
                <span class="soft">{note}</span>
              </li>
            ))}
            {model.moreNodes.value > 0 && (
              <li class="faint">{say("moreNodes", { count: model.moreNodes.value })}</li>
            )}
          </ul>
        );
      })}
    </section>
  );
}
