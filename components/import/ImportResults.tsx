import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ImportQueue } from "../../lib/dashboard/import/import_queue.ts";
import type { ImportDone } from "../../lib/dashboard/import/import_state.ts";
import { isAllRejected } from "../../lib/wire/is_all_rejected.ts";
import type { RecentImports as Recent } from "../../lib/dashboard/import/recent_imports.ts";
import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import type { ImportRecord } from "../../lib/wire/import_figures.ts";
import { ImportJobCard } from "./ImportJobCard.tsx";
import { ImportResult } from "./ImportResult.tsx";
import { RecentImports } from "./RecentImports.tsx";

export interface ImportResultsProps {
  voice: Voice<WordKey<typeof importWords>>;
  queue: ImportQueue;
  /** The files that were not sent before the page was left. */
  unsent: ReadonlySignal<readonly string[]>;
  recent: Recent;
  /** The result of the form whose submission led to this page. */
  first: ImportDone | null;
}

/** The progress of this page's imports, and recent imports by all actors. */
export function ImportResults({ voice, queue, unsent, recent, first }: ImportResultsProps) {
  return (
    <section class="panel import-results" aria-labelledby="imports-title">
      <header class="panel-header">
        <h2 id="imports-title">{voice.say("jobs")}</h2>
      </header>
      {useComputed(() => {
        const known = [...queue.jobs.value, ...recent.imports.value.filter(isOpen)];
        const names = unsent.value.filter((name) => !known.some((each) => each.name === name));
        return names.length > 0 && (
          <p class="import-unsent" role="status">
            {voice.say("unsent", { names: names.join(voice.language === "zh" ? "、" : ", ") })}
          </p>
        );
      })}
      <ul class="import-jobs">
        {useComputed(() =>
          queue.jobs.value.map((job) => (
            <ImportJobCard
              key={job.id}
              voice={voice}
              job={job}
              cancel={() => queue.cancel(job)}
              retry={() => queue.retry(job)}
            />
          ))
        )}
        {first !== null && (
          <li class="import-job" data-kind={first.kind}>
            <h3>{voice.say(isAllRejected(first.figures) ? "importedNone" : "finishedPlain")}</h3>
            <ImportResult voice={voice} state={first} />
          </li>
        )}
      </ul>
      {useComputed(() => {
        // The progress of this page's imports is shown above.
        const own = new Set(queue.jobs.value.map(({ name }) => name));
        const others = recent.imports.value.filter(({ name }) => !own.has(name));
        return others.length > 0 && (
          <RecentImports
            voice={voice}
            imports={others}
            resume={(id, file) => queue.files([file], { resume: id })}
          />
        );
      })}
      {useComputed(() =>
        queue.jobs.value.length === 0 && recent.imports.value.length === 0 &&
        first === null && <p class="hint import-none">{voice.say("noJobs")}</p>
      )}
    </section>
  );
}

/** Whether an import is listed as one that goes on, or can be resumed. */
function isOpen({ state }: ImportRecord): boolean {
  return state !== "finished";
}
