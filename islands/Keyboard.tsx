import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { Keys } from "../components/Keys.tsx";
import type { KeysDialogProps } from "../components/KeysDialog.tsx";
import type { PaletteDialogProps } from "../components/PaletteDialog.tsx";
import { ResultNotice } from "../components/ResultNotice.tsx";
import { type Actions, pageActions } from "../lib/dashboard/actions.ts";
import { charactersCookie } from "../lib/dashboard/character_keys.ts";
import type { Entry } from "../lib/dashboard/entries.ts";
import { createKeySequence } from "../lib/dashboard/key_sequence.ts";
import { asksForPalette, readCharacter } from "../lib/dashboard/read_key.ts";
import { shownTheme } from "../lib/dashboard/shown_theme.ts";
import { submitForm } from "../lib/dashboard/submit_form.ts";
import type { actionWords } from "../lib/i18n/action_words.ts";
import type { keyboardWords } from "../lib/i18n/keyboard_words.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { WordKey, Words } from "../lib/i18n/words.ts";

export interface KeyboardProps {
  language: Language;
  words: Words<WordKey<typeof actionWords> | WordKey<typeof keyboardWords>>;
  entries: readonly Entry[];
  /** Whether characters alone act, as the visitor chose before. */
  charactersAct: boolean;
  /** Whether this is where a page tells what came of an action. */
  tells: boolean;
}

/** A dialog of this island; its code is fetched when it is opened first. */
type Dialog = ComponentType<PaletteDialogProps & KeysDialogProps>;

/** A dialog and when it was opened: the end of an earlier one, told late, does not concern it. */
interface Opened {
  Dialog: Dialog;
  at: number;
}

/** The keys that act on every page, and the button that opens the palette. */
export default function Keyboard(props: KeyboardProps) {
  const { language, words, entries, charactersAct, tells } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const open = useSignal<Opened | "coming" | null>(null);
  const actions = useSignal<Actions | null>(null);
  const characters = useSignal(charactersAct);
  const paletteKeys = useSignal("Ctrl K");

  async function show(fetched: Promise<Dialog>) {
    open.value = "coming";
    try {
      open.value = { Dialog: await fetched, at: performance.now() };
    } catch {
      // The mark of the connection says that the server is away.
      open.value = null;
    }
  }
  const showPalette = () =>
    show(import("../components/PaletteDialog.tsx").then((module) => module.PaletteDialog));
  const showKeys = () =>
    show(import("../components/KeysDialog.tsx").then((module) => module.KeysDialog));

  function perform({ deed }: Entry) {
    switch (deed.kind) {
      case "go":
        return location.assign(deed.path);
      case "act":
        actions.value = pageActions(null);
        return void actions.value.run(deed.action);
      case "theme":
        return shownTheme(deed.theme).choose(deed.theme);
      case "language": {
        const back = location.pathname + location.search;
        return submitForm("/preferences", { language: deed.language, back });
      }
      case "search": {
        const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (field === null) return location.assign(deed.elsewhere);
        field.focus();
        return field.select();
      }
      case "keys":
        return void showKeys();
      case "sign out":
        return submitForm("/sign-out", {});
    }
  }

  function letCharactersAct(act: boolean) {
    characters.value = act;
    document.cookie = charactersCookie(act);
  }

  useEffect(() => {
    if (/^(Mac|iP)/.test(navigator.platform)) paletteKeys.value = "⌘ K";
    const read = createKeySequence(
      new Map(entries.flatMap((entry) => entry.keys === null ? [] : [[entry.keys, entry]])),
    );
    function press(event: KeyboardEvent) {
      // What asks something is answered first.
      if (open.peek() === "coming" || document.querySelector("dialog:modal") !== null) return;
      if (asksForPalette(event)) {
        event.preventDefault();
        return void showPalette();
      }
      const character = characters.peek() ? readCharacter(event) : null;
      if (character === null) return;
      const meaning = read(character, event.timeStamp);
      if (meaning.kind === "none") return;
      event.preventDefault();
      if (meaning.kind === "whole") perform(meaning.value);
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const opened = open.value;
  return (
    <>
      <button
        type="button"
        class="button palette-open scripted"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={showPalette}
      >
        <Icon name="search" />
        <span>{voice.say("open")}</span>
        <span aria-hidden="true">
          <Keys keys={paletteKeys.value} then="" />
        </span>
      </button>
      {opened !== null && opened !== "coming" && (
        <opened.Dialog
          key={opened.at}
          voice={voice}
          entries={entries}
          paletteKeys={paletteKeys.value}
          characters={characters}
          letCharactersAct={letCharactersAct}
          onChoose={perform}
          onClose={() => open.peek() === opened && (open.value = null)}
        />
      )}
      {tells && actions.value !== null && (
        <ResultNotice
          voice={voice}
          result={actions.value.result}
          dismiss={actions.value.dismiss}
        />
      )}
    </>
  );
}
