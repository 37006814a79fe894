import { useComputed, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { ImportJobCard } from "../components/ImportJobCard.tsx";
import { ImportResult } from "../components/ImportResult.tsx";
import type { ImportState } from "../lib/dashboard/import_figures.ts";
import { createImportQueue } from "../lib/dashboard/import_queue.ts";
import { upload } from "../lib/dashboard/upload.ts";
import type { importWords } from "../lib/i18n/import_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";

export interface ImportFormProps {
  language: Language;
  words: Words<WordKey<typeof importWords>>;
  /** What came of a form that led to this page. */
  first: ImportState;
}

/** Takes articles in: dropped, chosen or pasted; and tells how far each source is. */
export default function ImportForm({ language, words, first }: ImportFormProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const queue = useMemo(() => createImportQueue({ upload, now: () => performance.now() }), []);
  const text = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const over = useSignal("false");
  const missing = useSignal(false);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const pasted = text.current?.value ?? "";
    missing.value = pasted.trim() === "";
    if (missing.value) return;
    queue.text(pasted);
    (event.target as HTMLFormElement).reset();
  }

  /** With scripts a file is taken as soon as it is chosen. */
  function choose() {
    missing.value = false;
    queue.files(file.current?.files ?? []);
    if (file.current) file.current.value = "";
  }

  function drag(event: DragEvent, inside: boolean) {
    event.preventDefault();
    over.value = inside ? "true" : "false";
  }

  function drop(event: DragEvent) {
    drag(event, false);
    missing.value = false;
    queue.files(event.dataTransfer?.files ?? []);
  }

  return (
    <div
      class="import"
      data-over={over}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={drop}
    >
      <form
        class="panel import-form"
        method="post"
        action="/import"
        encType="multipart/form-data"
        onSubmit={submit}
      >
        <div class="import-zone">
          <Icon name="upload" />
          <p class="import-lead scripted">{voice.say("lead")}</p>
          <p class="hint">{voice.say("formats")}</p>
          <label class="field import-file">
            <span>{voice.say("file")}</span>
            <input ref={file} type="file" name="file" multiple onChange={choose} />
          </label>
        </div>
        <label class="field">
          <span>{voice.say("text")}</span>
          <textarea ref={text} name="text" rows={8} placeholder={voice.say("placeholder")} />
        </label>
        <div class="import-submit">
          <p class="import-missing" role="alert">
            {useComputed(() => missing.value ? voice.say("nothing") : "")}
          </p>
          <button type="submit" class="button" data-look="main">
            <Icon name="upload" />
            <span>{voice.say("submit")}</span>
          </button>
        </div>
        <p class="import-drop" aria-hidden="true">{voice.say("drop")}</p>
      </form>
      <section class="panel import-results" aria-labelledby="imports-title">
        <header class="panel-header">
          <h2 id="imports-title">{voice.say("jobs")}</h2>
        </header>
        <ul class="import-jobs">
          {useComputed(() =>
            queue.jobs.value.map((job) => (
              <ImportJobCard
                key={job.id}
                voice={voice}
                job={job}
                cancel={() => queue.cancel(job)}
              />
            ))
          )}
          {first.kind !== "idle" && (
            <li class="import-job" data-kind={first.kind}>
              <h3>{voice.say(first.kind === "done" ? "finishedPlain" : "jobs")}</h3>
              <ImportResult voice={voice} state={first} />
            </li>
          )}
        </ul>
        {useComputed(() =>
          queue.jobs.value.length === 0 && first.kind === "idle" && (
            <p class="hint import-none">{voice.say("noJobs")}</p>
          )
        )}
      </section>
    </div>
  );
}
