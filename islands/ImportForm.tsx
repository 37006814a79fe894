import { useComputed, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { ImportResult } from "../components/ImportResult.tsx";
import { createImporter, type ImportState } from "../lib/dashboard/importer.ts";
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

/** Takes articles in: pasted, chosen or dropped. */
export default function ImportForm({ language, words, first }: ImportFormProps) {
  const voice = useMemo(() => createVoice(language, words), []);
  const importer = useMemo(() => createImporter(first), []);
  const text = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const over = useSignal("false");
  const missing = useSignal(false);
  const busy = useComputed(() => importer.state.value.kind === "busy" ? "true" : "false");

  async function submit(event: Event) {
    event.preventDefault();
    const [chosen] = file.current?.files ?? [];
    const pasted = text.current?.value ?? "";
    missing.value = chosen === undefined && pasted.trim() === "";
    if (chosen !== undefined) await importer.file(chosen);
    else if (!missing.value) await importer.text(pasted);
    if (importer.state.peek().kind === "done" && event.target instanceof HTMLFormElement) {
      event.target.reset();
    }
  }

  function drag(event: DragEvent, inside: boolean) {
    event.preventDefault();
    over.value = inside ? "true" : "false";
  }

  async function drop(event: DragEvent) {
    drag(event, false);
    for (const dropped of event.dataTransfer?.files ?? []) await importer.file(dropped);
  }

  return (
    <section
      class="panel import"
      aria-labelledby="import-title"
      data-over={over}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={drop}
    >
      <header class="panel-header">
        <h2 id="import-title">{voice.say("title")}</h2>
      </header>
      <form
        method="post"
        action="/actions/import"
        encType="multipart/form-data"
        onSubmit={submit}
      >
        <label class="field">
          <span>{voice.say("text")}</span>
          <textarea ref={text} name="text" rows={5} placeholder={voice.say("placeholder")} />
        </label>
        <label class="field">
          <span>{voice.say("file")}</span>
          <input ref={file} type="file" name="file" />
        </label>
        <div class="import-submit">
          <p class="hint scripted">{voice.say("hint")}</p>
          <button type="submit" class="button" data-look="main" aria-busy={busy}>
            <Icon name="upload" />
            <span>{voice.say("submit")}</span>
          </button>
        </div>
      </form>
      <div class="import-result" role="status">
        {useComputed(() =>
          missing.value
            ? <p class="import-failed">{voice.say("nothing")}</p>
            : <ImportResult voice={voice} state={importer.state.value} />
        )}
      </div>
      <p class="import-drop" aria-hidden="true">{voice.say("drop")}</p>
    </section>
  );
}
