import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Entry } from "../lib/dashboard/entries.ts";
import { createPaletteModel } from "../lib/dashboard/palette_model.ts";
import { asksForPalette } from "../lib/dashboard/read_key.ts";
import type { keyboardWords } from "../lib/i18n/keyboard_words.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import type { WordKey } from "../lib/i18n/words.ts";
import { Icon } from "./Icon.tsx";
import { Keys } from "./Keys.tsx";

export interface PaletteDialogProps {
  voice: Voice<WordKey<typeof keyboardWords>>;
  entries: readonly Entry[];
  /** Told once the palette is closed and the focus is back where it was. */
  onChoose: (entry: Entry) => void;
  onClose: () => void;
}

/** Every page and action in one list, found by typing. */
export function PaletteDialog({ voice, entries, onChoose, onClose }: PaletteDialogProps) {
  const { say } = voice;
  const dialog = useRef<HTMLDialogElement>(null);
  const model = useMemo(() => createPaletteModel(entries, (text) => searchFor(voice, text)), []);
  const { found, active } = model;
  useEffect(() => dialog.current!.showModal(), []);
  useSignalEffect(() => {
    const id = optionId(found.value[active.value]!);
    document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  });

  function choose(entry: Entry) {
    dialog.current!.close();
    onChoose(entry);
  }

  function press(event: KeyboardEvent) {
    if (event.isComposing) return;
    if (asksForPalette(event)) {
      event.preventDefault();
      return dialog.current!.close();
    }
    const deed = KEYS[event.key];
    if (deed === undefined) return;
    event.preventDefault();
    if (deed === "choose") choose(found.peek()[active.peek()]!);
    else model.move(deed);
  }

  return (
    <dialog
      class="dialog palette"
      ref={dialog}
      aria-label={say("palette")}
      onClose={onClose}
      onClick={({ target }) => target === dialog.current && dialog.current!.close()}
    >
      <div class="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={say("paletteHint")}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls="palette-list"
          aria-activedescendant={useComputed(() => optionId(found.value[active.value]!))}
          placeholder={say("paletteHint")}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="go"
          onInput={({ currentTarget }) => model.type(currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <ul id="palette-list" role="listbox" aria-label={say("palette")}>
        {useComputed(() =>
          found.value.map((entry, at) => (
            <Option
              key={entry.id}
              entry={entry}
              then={say("then")}
              isActive={at === active.value}
              onPoint={() => model.point(at)}
              onChoose={() => choose(entry)}
            />
          ))
        )}
      </ul>
      <p class="unseen" role="status">
        {useComputed(() =>
          model.text.value === "" ? "" : say("choices", { count: found.value.length })
        )}
      </p>
      <p class="palette-help" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {say("move")}
        </span>
        <span>
          <kbd>Enter</kbd> {say("choose")}
        </span>
        <span>
          <kbd>Esc</kbd> {say("leave")}
        </span>
      </p>
    </dialog>
  );
}

/** What a key does in the field: choose, or go on by so many entries. */
const KEYS: Record<string, "choose" | number> = { Enter: "choose", ArrowDown: 1, ArrowUp: -1 };

interface OptionProps {
  entry: Entry;
  then: string;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

/** The focus stays in the field, so an option is neither focused nor does it take the focus. */
function Option({ entry, then, isActive, onPoint, onChoose }: OptionProps) {
  return (
    <li
      id={optionId(entry)}
      role="option"
      aria-selected={isActive ? "true" : "false"}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Icon name={entry.icon} />
      <span>{entry.label}</span>
      {entry.keys !== null && <Keys keys={entry.keys} then={then} />}
    </li>
  );
}

function optionId({ id }: Entry): string {
  return `palette-${id}`;
}

/** What is offered for a text whatever it is: the articles that have it. */
function searchFor(voice: Voice<"searchFor">, text: string): Entry {
  return {
    id: "searchFor",
    icon: "search",
    label: voice.say("searchFor", { text }),
    alias: "",
    keys: null,
    deed: { kind: "go", path: `/articles?${new URLSearchParams({ q: text })}` },
  };
}
