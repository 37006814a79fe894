import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Icon } from "../components/shell/Icon.tsx";
import { CharsetPreview } from "../components/import/CharsetPreview.tsx";
import { ImportJobCard } from "../components/import/ImportJobCard.tsx";
import { ImportResult } from "../components/import/ImportResult.tsx";
import { RecentImports } from "../components/import/RecentImports.tsx";
import { CHARSETS, startOf } from "../lib/dashboard/import/charsets.ts";
import type { ImportState } from "../lib/dashboard/import/import_state.ts";
import { createImportQueue } from "../lib/dashboard/import/import_queue.ts";
import { createRecentImports } from "../lib/dashboard/import/recent_imports.ts";
import { upload } from "../lib/dashboard/import/upload.ts";
import { callApi } from "../lib/dashboard/requests/api.ts";
import type { importWords } from "../lib/i18n/import_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { ImportRecord } from "../lib/wire/import_figures.ts";
import "../lib/dashboard/shell/base_path.ts";

export interface ImportFormProps {
  language: Language;
  words: Words<WordKey<typeof importWords>>;
  /** The result of the form whose submission led to this page. */
  first: ImportState;
  /** Recent imports by all actors. */
  imports: ImportRecord[];
}

/** Imports dropped, chosen or pasted articles, and shows the progress of each source. */
export default function ImportForm({ language, words, first, imports }: ImportFormProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const queue = useMemo(() => createImportQueue({ upload, now: () => performance.now() }), []);
  const text = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const charset = useRef<HTMLSelectElement>(null);
  const recent = useMemo(() => createRecentImports({ first: imports, callApi }), []);
  /** Files with a selected charset that wait for confirmation of their preview. */
  const held = useSignal<{ files: File[]; charset: string; start: string } | null>(null);
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

  useEffect(() => recent.start(), []);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (queue.isBusy()) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);

  /** With scripts, a file is sent as soon as it is chosen; with a selected charset, after its preview. */
  async function take(files: File[]) {
    missing.value = false;
    held.value = null;
    const chosen = charset.current?.value ?? "";
    const [first] = files;
    if (chosen === "" || first === undefined) return queue.files(files);
    held.value = { files, charset: chosen, start: await startOf(first, chosen) };
  }

  function takeHeld() {
    if (held.value !== null) queue.files(held.value.files, { charset: held.value.charset });
    held.value = null;
  }

  async function choose() {
    await take([...file.current?.files ?? []]);
    if (file.current) file.current.value = "";
  }

  function drag(event: DragEvent, inside: boolean) {
    event.preventDefault();
    over.value = inside ? "true" : "false";
  }

  function drop(event: DragEvent) {
    drag(event, false);
    take([...event.dataTransfer?.files ?? []]);
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
          <label class="field import-charset">
            <span>{voice.say("charset")}</span>
            <select ref={charset} name="charset">
              <option value="">{voice.say("charsetAuto")}</option>
              {CHARSETS.map((name) => <option key={name} value={name}>{name}</option>)}
            </select>
          </label>
          {useComputed(() =>
            held.value && (
              <CharsetPreview
                voice={voice}
                charset={held.value.charset}
                name={held.value.files[0]!.name}
                start={held.value.start}
                take={takeHeld}
              />
            )
          )}
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
        {useComputed(() => {
          // The progress of this page's imports is shown above.
          const own = new Set(queue.jobs.value.map(({ name }) => name));
          const others = recent.imports.value.filter(({ name }) => !own.has(name));
          return others.length > 0 && (
            <RecentImports
              voice={voice}
              imports={others}
              resume={(id, files) => queue.files(files, { resume: id })}
            />
          );
        })}
        {useComputed(() =>
          queue.jobs.value.length === 0 && recent.imports.value.length === 0 &&
          first.kind === "idle" && <p class="hint import-none">{voice.say("noJobs")}</p>
        )}
      </section>
    </div>
  );
}
