import { useSignal } from "@preact/signals";
import { fileToResume } from "../../lib/dashboard/import/file_to_resume.ts";
import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { wordAuthor } from "../../lib/i18n/word_author.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { type ImportRecord, STANDARD_INPUT } from "../../lib/wire/import_figures.ts";
import { Moment } from "../shell/Moment.tsx";
import { ImportResult } from "./ImportResult.tsx";

type Words = Voice<WordKey<typeof importWords>>;

export interface RecentImportsProps {
  voice: Words;
  imports: readonly ImportRecord[];
  /** Resumes a stopped import with the same file. */
  resume: (id: number, file: File) => void;
}

/** Recent imports with their results; those that were broken off can be resumed. */
export function RecentImports({ voice, imports, resume }: RecentImportsProps) {
  const { say } = voice;
  return (
    <section class="import-recent" aria-labelledby="recent-imports">
      <h3 id="recent-imports">{say("recent")}</h3>
      <ul class="import-jobs">
        {imports.map((each) => {
          const { id, name, by, state, resumable, started_at, figures, has_articles } = each;
          const file = fileToResume(each);
          const reason = whyStopped(voice, each);
          const shown = state === "stopped" && resumable === false ? "refused" : state;
          return (
            <li key={id} class="import-job" data-state={shown}>
              <header>
                <h3>{name === STANDARD_INPUT ? say("standardInput") : name ?? say("unnamed")}</h3>
                <p>
                  {say(`state_${shown}`)} ·{" "}
                  {say("importedBy", { by: wordAuthor(voice.language, by) })}{" "}
                  <Moment voice={voice} at={started_at} />
                </p>
              </header>
              {reason !== null && <p class="hint">{reason}</p>}
              {(state !== "stopped" || figures.records > 0) && (
                <ImportResult
                  voice={voice}
                  state={{ kind: "done", name, figures }}
                  listedImport={has_articles === true ? id : null}
                />
              )}
              {file !== null && (
                <ResumeField
                  voice={voice}
                  file={file}
                  resume={(chosen) => resume(id, chosen)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function whyStopped({ say }: Words, { state, reason }: ImportRecord): string | null {
  return state === "stopped" ? reason ?? say("reasonNodeLost") : null;
}

interface ResumeFieldProps {
  voice: Words;
  file: string;
  resume: (file: File) => void;
}

/** The field that resumes an import with its file; another file would be read from the wrong place. */
function ResumeField({ voice: { say }, file: name, resume }: ResumeFieldProps) {
  const problem = useSignal("");

  function choose(input: HTMLInputElement) {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    if (file.name === name) return resume(file);
    problem.value = say("otherFile", { other: file.name, name });
    input.value = "";
  }

  return (
    <label class="field import-resume scripted">
      <span>{say("resume", { name })}</span>
      <input type="file" onChange={({ currentTarget }) => choose(currentTarget)} />
      <span role="alert">{problem}</span>
    </label>
  );
}
