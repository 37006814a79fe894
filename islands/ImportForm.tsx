import { effect, type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Icon } from "../components/shell/Icon.tsx";
import { describeImportFailure } from "../components/import/ImportResult.tsx";
import { ImportResults } from "../components/import/ImportResults.tsx";
import { type HeldFiles, ImportZone } from "../components/import/ImportZone.tsx";
import { startOf } from "../lib/dashboard/import/charsets.ts";
import type { ImportDone, RefusedForm } from "../lib/dashboard/import/import_state.ts";
import { createImportQueue, type ImportQueue } from "../lib/dashboard/import/import_queue.ts";
import { createRecentImports, lastImport, pause } from "../lib/dashboard/import/recent_imports.ts";
import { keepUnsent, takeUnsent } from "../lib/dashboard/import/unsent_files.ts";
import { upload } from "../lib/dashboard/import/upload.ts";
import type { importWords } from "../lib/i18n/import_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice, type Voice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";
import type { ImportRecord } from "../lib/wire/import_figures.ts";
import "../lib/dashboard/shell/base_path.ts";

const PARTS = { upload, lastImport, pause, now: () => performance.now() };

export interface ImportFormProps {
  language: Language;
  words: Words<WordKey<typeof importWords>>;
  /** The result of the form whose submission led to this page. */
  first: ImportDone | null;
  /** The submitted form that was refused. */
  refused: RefusedForm | null;
  /** Recent imports by all actors. */
  imports: ImportRecord[];
}

/** Imports dropped, chosen or pasted articles, and shows the progress of each source. */
export default function ImportForm({ language, words, first, refused, imports }: ImportFormProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const queue = useMemo(() => createImportQueue(PARTS), []);
  const text = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const charset = useRef<HTMLSelectElement>(null);
  const recent = useMemo(() => createRecentImports({ first: imports }), []);
  const held = useSignal<HeldFiles | null>(null);
  const over = useSignal("false");
  const problem = useSignal(refused && describeImportFailure(voice, refused.failure));

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const pasted = text.current?.value ?? "";
    problem.value = pasted.trim() === "" ? voice.say("nothing") : null;
    if (problem.value !== null) return text.current?.focus();
    queue.text(pasted);
    (event.target as HTMLFormElement).reset();
    // A refused form resets to the text that it was submitted with.
    if (text.current) text.current.value = "";
  }

  useEffect(() => recent.start(), []);
  const unsent = useUnsent(queue);

  /** With scripts, a file is sent as soon as it is chosen; with a selected charset, after its preview. */
  async function take(files: File[]) {
    problem.value = null;
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
        <ImportZone
          voice={voice}
          file={file}
          charset={charset}
          chosen={refused?.charset ?? ""}
          held={held}
          onChoose={choose}
          onConfirm={takeHeld}
        />
        <TextField voice={voice} field={text} typed={refused?.text ?? null} problem={problem} />
        <div class="import-submit">
          <p class="import-missing" id="import-problem" role="alert">{problem}</p>
          <button type="submit" class="button" data-look="main">
            <Icon name="upload" />
            <span>{voice.say("submit")}</span>
          </button>
        </div>
        <p class="import-drop" aria-hidden="true">{voice.say("drop")}</p>
      </form>
      <ImportResults
        voice={voice}
        unsent={unsent}
        queue={queue}
        recent={recent}
        first={first}
      />
    </div>
  );
}

/** Has the browser confirm that the page is left while `isBusy`; returns a function that ends it. */
function confirmLeaving(isBusy: () => boolean): () => void {
  const confirm = (event: BeforeUnloadEvent) => {
    if (isBusy()) event.preventDefault();
  };
  addEventListener("beforeunload", confirm);
  return () => removeEventListener("beforeunload", confirm);
}

interface TextFieldProps {
  voice: Voice<WordKey<typeof importWords>>;
  field: RefObject<HTMLTextAreaElement>;
  /** The text of a refused form; null on a new page. */
  typed: string | null;
  /** Why the text is not imported; empty if it can be. */
  problem: ReadonlySignal<string | null>;
}

function TextField({ voice, field, typed, problem }: TextFieldProps) {
  // Spread, since a precompiled textarea would get an attribute of that name instead of text.
  const initial = { defaultValue: typed ?? "" };
  return (
    <label class="field">
      <span>{voice.say("text")}</span>
      <textarea
        ref={field}
        name="text"
        rows={8}
        placeholder={voice.say("placeholder")}
        aria-describedby="import-problem"
        aria-invalid={useComputed(() => problem.value === null ? "false" : "true")}
        autofocus={typed !== null}
        {...initial}
      />
    </label>
  );
}

/** Asks before the page is left while files are queued. Returns the files that were not sent when it was left before. */
function useUnsent(queue: ImportQueue): ReadonlySignal<readonly string[]> {
  const unsent = useSignal<readonly string[]>([]);
  useEffect(() => {
    unsent.value = takeUnsent(sessionStorage);
    return effect(() => keepUnsent(sessionStorage, queue.jobs.value));
  }, []);
  useEffect(() => confirmLeaving(queue.isBusy), []);
  return unsent;
}
