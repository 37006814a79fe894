import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";

export interface CharsetPreviewProps {
  voice: Voice<WordKey<typeof importWords>>;
  charset: string;
  name: string;
  start: string;
  take: () => void;
}

/** A preview of a file in the selected charset, before the import. */
export function CharsetPreview({ voice, charset, name, start, take }: CharsetPreviewProps) {
  return (
    <div class="import-preview" role="status">
      <p class="hint">{voice.say("charsetStart", { charset, name })}</p>
      <pre tabIndex={0}>{start}</pre>
      <button type="button" class="button" onClick={take}>{voice.say("charsetImport")}</button>
    </div>
  );
}
