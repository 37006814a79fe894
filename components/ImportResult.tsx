import { sayFailure } from "../lib/dashboard/say_failure.ts";
import type { ImportState } from "../lib/dashboard/importer.ts";
import type { importWords } from "../lib/i18n/import_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";

const LISTED = 20;

export interface ImportResultProps {
  voice: Voice<WordKey<typeof importWords>>;
  state: ImportState;
}

/** How far an import is, and what came of it. */
export function ImportResult({ voice, state }: ImportResultProps) {
  switch (state.kind) {
    case "idle":
      return null;
    case "busy":
      return (
        <p class="import-busy">
          {voice.say("importing", { name: state.name ?? voice.say("pasted") })}
        </p>
      );
    case "failed":
      return (
        <p class="import-failed">
          {voice.say("failed", { reason: sayFailure(voice, state.failure) })}
        </p>
      );
    case "done": {
      const { accepted, duplicates, rejected, rejected_total } = state.figures;
      const counts = { accepted, duplicates, rejected: rejected_total };
      const listed = rejected.slice(0, LISTED);
      return (
        <div class="import-done">
          <dl>
            {(["accepted", "duplicates", "rejected"] as const).map((name) => (
              <div key={name} data-field={name}>
                <dt>{voice.say(name)}</dt>
                <dd>{voice.number(counts[name])}</dd>
              </div>
            ))}
          </dl>
          {listed.length > 0 && (
            <ul class="import-rejected" aria-label={voice.say("rejectedLines")}>
              {listed.map(({ line, error }) => (
                <li key={`${line} ${error}`}>
                  <b>{voice.say("line", { line: String(line) })}</b> {error}
                </li>
              ))}
              {rejected_total > listed.length && (
                <li>{voice.say("more", { count: rejected_total - listed.length })}</li>
              )}
            </ul>
          )}
        </div>
      );
    }
  }
}
