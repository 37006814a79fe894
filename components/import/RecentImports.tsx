import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { ImportRecord } from "../../lib/wire/import_figures.ts";
import { Moment } from "../shell/Moment.tsx";
import { ImportResult } from "./ImportResult.tsx";

export interface RecentImportsProps {
  voice: Voice<WordKey<typeof importWords>>;
  imports: readonly ImportRecord[];
  /** Resumes a stopped import with the same file. */
  resume: (id: number, files: File[]) => void;
}

/** Recent imports with their results; stopped ones can be resumed. */
export function RecentImports({ voice, imports, resume }: RecentImportsProps) {
  const { say } = voice;
  return (
    <section class="import-recent" aria-labelledby="recent-imports">
      <h3 id="recent-imports">{say("recent")}</h3>
      <ul class="import-jobs">
        {imports.map(({ id, name, by, state, reason, started_at, figures }) => (
          <li key={id} class="import-job" data-state={state}>
            <header>
              <h3>{name ?? say("unnamed")}</h3>
              <p>
                {say(`state_${state}`)} · {say("importedBy", { by })}{" "}
                <Moment voice={voice} at={started_at} />
              </p>
            </header>
            {reason !== null && <p class="hint">{reason}</p>}
            <ImportResult voice={voice} state={{ kind: "done", name, figures }} />
            {state === "stopped" && (
              <label class="field import-resume scripted">
                <span>{say("resume")}</span>
                <input
                  type="file"
                  onChange={({ currentTarget }) => resume(id, [...currentTarget.files ?? []])}
                />
              </label>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
