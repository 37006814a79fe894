import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { RefObject } from "preact";
import { CHARSETS } from "../../lib/dashboard/import/charsets.ts";
import type { importWords } from "../../lib/i18n/import_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { CharsetPreview } from "./CharsetPreview.tsx";

/** Files with a selected charset that wait for confirmation of their preview. */
export interface HeldFiles {
  files: File[];
  charset: string;
  /** The start of the first file, decoded. */
  start: string;
}

export interface ImportZoneProps {
  voice: Voice<WordKey<typeof importWords>>;
  file: RefObject<HTMLInputElement>;
  charset: RefObject<HTMLSelectElement>;
  /** The charset of a refused form. */
  chosen: string;
  held: ReadonlySignal<HeldFiles | null>;
  onChoose: () => void;
  onConfirm: () => void;
}

/** The fields that choose files and their charset. */
export function ImportZone(props: ImportZoneProps) {
  const { voice, file, charset, chosen, held, onChoose, onConfirm } = props;
  return (
    <div class="import-zone">
      <Icon name="upload" />
      <p class="import-lead scripted">{voice.say("lead")}</p>
      <p class="hint">{voice.say("formats")}</p>
      <label class="field import-file">
        <span>{voice.say("file")}</span>
        <input ref={file} type="file" name="file" multiple onChange={onChoose} />
      </label>
      <label class="field import-charset">
        <span>{voice.say("charset")}</span>
        <select ref={charset} name="charset">
          <option value="">{voice.say("charsetAuto")}</option>
          {CHARSETS.map((name) => (
            <option key={name} value={name} selected={name === chosen}>{name}</option>
          ))}
        </select>
      </label>
      {useComputed(() =>
        held.value && (
          <CharsetPreview
            voice={voice}
            charset={held.value.charset}
            name={held.value.files[0]!.name}
            start={held.value.start}
            take={onConfirm}
          />
        )
      )}
    </div>
  );
}
