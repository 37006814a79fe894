import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Command } from "../../lib/dashboard/keyboard/keyboard_commands.ts";
import { findAnything, resultCommand } from "../../lib/dashboard/keyboard/palette_search.ts";
import { paletteSuggestions } from "../../lib/dashboard/keyboard/palette_suggestions.ts";
import {
  createPaletteModel,
  type PaletteModel,
  type SearchState,
} from "../../lib/dashboard/keyboard/palette_model.ts";
import { asksForPalette } from "../../lib/dashboard/keyboard/read_key.ts";
import type { keyboardWords } from "../../lib/i18n/keyboard_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { Keys } from "./Keys.tsx";

export interface PaletteDialogProps {
  voice: Voice<WordKey<typeof keyboardWords>>;
  commands: readonly Command[];
  /** Returns the keys that were pressed while the palette was loaded. */
  takeEarly: () => readonly string[];
  /** Called once the palette is closed and the focus is restored. */
  onChoose: (command: Command) => void;
  onClose: () => void;
}

/** The command palette: every page and action, searchable. */
export function PaletteDialog(props: PaletteDialogProps) {
  const { voice, commands, takeEarly, onChoose, onClose } = props;
  const { say } = voice;
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const model = useMemo(() =>
    createPaletteModel({
      commands,
      more: (text) => paletteSuggestions(voice, text),
      search: async (text, signal) =>
        (await findAnything(text, signal))?.map(resultCommand) ?? null,
    }), []);
  const { found, active } = model;
  useEffect(() => {
    dialog.current!.showModal();
    replay(takeEarly());
    return () => model[Symbol.dispose]();
  }, []);
  useSignalEffect(() => {
    const id = optionId(found.value[active.value]!);
    document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  });

  function choose(command: Command) {
    dialog.current!.close();
    onChoose(command);
  }

  function replay(keys: readonly string[]) {
    for (const key of keys) {
      if (key === "Enter") return choose(found.peek()[active.peek()]!);
      const { value } = field.current!;
      field.current!.value = key === "Backspace" ? value.slice(0, -1) : value + key;
      model.type(field.current!.value);
    }
  }

  function press(event: KeyboardEvent) {
    if (event.isComposing) return;
    if (asksForPalette(event)) {
      event.preventDefault();
      return dialog.current!.close();
    }
    const effect = KEYS[event.key];
    if (effect === undefined) return;
    event.preventDefault();
    if (effect === "choose") choose(found.peek()[active.peek()]!);
    else model.move(effect);
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
          ref={field}
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
      <PaletteResults voice={voice} model={model} choose={choose} />
      <PaletteHelp voice={voice} />
    </dialog>
  );
}

/** Handles a key in the field: select, or move by a number of commands. */
const KEYS: Record<string, "choose" | number> = { Enter: "choose", ArrowDown: 1, ArrowUp: -1 };

/** The message about a search; none if it has results. */
const SEARCH_WORDS: Partial<Record<SearchState, "nothingFound" | "searchAway">> = {
  none: "nothingFound",
  away: "searchAway",
};

interface PaletteResultsProps {
  voice: PaletteDialogProps["voice"];
  model: PaletteModel;
  choose: (command: Command) => void;
}

/** The commands that match, their number for screen readers, and a message when there are none. */
function PaletteResults({ voice: { say }, model, choose }: PaletteResultsProps) {
  const { found, active } = model;
  return (
    <>
      <ul
        id="palette-list"
        role="listbox"
        aria-label={say("palette")}
        aria-busy={useComputed(() => model.search.value === "searching" ? "true" : "false")}
      >
        {useComputed(() =>
          found.value.map((command, at) => (
            <Option
              key={command.id}
              command={command}
              then={say("then")}
              kind={command.result === undefined ? null : say(command.result)}
              isActive={at === active.value}
              onPoint={() => model.point(at)}
              onChoose={() => choose(command)}
            />
          ))
        )}
      </ul>
      <p class="unseen" role="status">
        {useComputed(() =>
          model.text.value === "" ? "" : say("choices", { count: found.value.length })
        )}
      </p>
      {useComputed(() => {
        const word = SEARCH_WORDS[model.search.value];
        return word !== undefined && <p class="palette-none" role="status">{say(word)}</p>;
      })}
    </>
  );
}

function PaletteHelp({ voice: { say } }: Pick<PaletteDialogProps, "voice">) {
  return (
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
  );
}

interface OptionProps {
  command: Command;
  then: string;
  /** The kind of a search result. */
  kind: string | null;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

/** The focus stays in the field, so an option is neither focused nor does it take the focus. */
function Option({ command, then, kind, isActive, onPoint, onChoose }: OptionProps) {
  return (
    <li
      id={optionId(command)}
      role="option"
      aria-selected={isActive ? "true" : "false"}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Icon name={command.icon} />
      <span>{command.label}</span>
      {kind !== null && <span class="palette-kind">{kind}</span>}
      {command.keys !== null && <Keys keys={command.keys} then={then} />}
    </li>
  );
}

function optionId({ id }: Command): string {
  return `palette-${id}`;
}
