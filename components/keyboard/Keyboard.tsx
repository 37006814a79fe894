import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Icon } from "../shell/Icon.tsx";
import type { KeysDialogProps } from "./KeysDialog.tsx";
import type { PaletteDialogProps } from "./PaletteDialog.tsx";
import { PartMissing } from "../shell/PartMissing.tsx";
import { RequestResult } from "../shell/RequestResult.tsx";
import {
  type StreamRequests,
  streamRequests,
} from "../../lib/dashboard/requests/stream_requests.ts";
import { singleKeysCookie } from "../../lib/dashboard/keyboard/single_key_shortcuts.ts";
import type { Command } from "../../lib/dashboard/keyboard/keyboard_commands.ts";
import { createKeySequence } from "../../lib/dashboard/keyboard/key_sequence.ts";
import {
  asksForPalette,
  isPaletteKey,
  readCharacter,
} from "../../lib/dashboard/keyboard/read_key.ts";
import { runEffect } from "../../lib/dashboard/keyboard/run_effect.ts";
import type { actionWords } from "../../lib/i18n/action_words.ts";
import type { keyboardWords } from "../../lib/i18n/keyboard_words.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { WordKey, Words } from "../../lib/i18n/words.ts";

export interface KeyboardProps {
  language: Language;
  words: Words<WordKey<typeof actionWords> | WordKey<typeof keyboardWords>>;
  commands: readonly Command[];
  /** Whether single-key shortcuts are enabled. */
  singleKeysEnabled: boolean;
  /** Whether to show the results of actions here. */
  showsResults: boolean;
}

/** A dialog of this island; its code is lazily loaded. */
type Dialog = ComponentType<PaletteDialogProps & KeysDialogProps>;

/** A dialog and when it was opened, to ignore a late close event of an earlier one. */
interface Opened {
  Dialog: Dialog;
  at: number;
}

/** The global keyboard shortcuts, and the button that opens the palette. */
export function Keyboard(props: KeyboardProps) {
  const { language, words, commands, singleKeysEnabled, showsResults } = props;
  const voice = useMemo(() => createVoice(language, words), []);
  const open = useSignal<Opened | "coming" | null>(null);
  const actions = useSignal<StreamRequests | null>(null);
  const singleKeys = useSignal(singleKeysEnabled);
  const paletteKeys = useSignal("Ctrl K");
  /** The keys that are pressed until the palette takes them; null while none is on its way. */
  const early = useRef<string[] | null>(null);
  const missing = useSignal(false);

  async function show(fetched: Promise<Dialog>) {
    open.value = "coming";
    try {
      open.value = { Dialog: await fetched, at: performance.now() };
    } catch {
      open.value = early.current = null;
      missing.value = true;
    }
  }
  function showPalette() {
    early.current = [];
    void show(
      import("./PaletteDialog.tsx").then((module) => module.PaletteDialog),
    );
  }
  function takeEarly(): string[] {
    const keys = early.current ?? [];
    early.current = null;
    return keys;
  }
  const showKeys = () => show(import("./KeysDialog.tsx").then((module) => module.KeysDialog));

  function perform({ effect }: Command) {
    runEffect(effect, {
      showKeys,
      act(action) {
        actions.value = streamRequests(null);
        void actions.value.perform(action);
      },
    });
  }

  function enableSingleKeys(act: boolean) {
    singleKeys.value = act;
    document.cookie = singleKeysCookie(act);
  }

  useEffect(() => {
    if (/^(Mac|iP)/.test(navigator.platform)) paletteKeys.value = "⌘ K";
    const read = createKeySequence(commandsByKeys(commands));
    function press(event: KeyboardEvent) {
      if (early.current !== null) {
        if (!isPaletteKey(event)) return;
        event.preventDefault();
        return void early.current.push(event.key);
      }
      // An open modal dialog comes first.
      if (open.peek() === "coming" || document.querySelector("dialog:modal") !== null) return;
      if (asksForPalette(event)) {
        event.preventDefault();
        return showPalette();
      }
      const character = singleKeys.peek() ? readCharacter(event) : null;
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
      <PaletteButton label={voice.say("open")} keys={paletteKeys} onClick={showPalette} />
      {opened !== null && opened !== "coming" && (
        <opened.Dialog
          key={opened.at}
          voice={voice}
          commands={commands}
          paletteKeys={paletteKeys.value}
          singleKeys={singleKeys}
          enableSingleKeys={enableSingleKeys}
          takeEarly={takeEarly}
          onChoose={perform}
          onClose={() => open.peek() === opened && (open.value = null)}
        />
      )}
      {missing.value && <PartMissing voice={voice} />}
      {showsResults && actions.value !== null && (
        <RequestResult voice={voice} requests={actions.value} back="/" />
      )}
    </>
  );
}

function commandsByKeys(commands: readonly Command[]): Map<string, Command> {
  return new Map(commands.flatMap((each) => each.keys === null ? [] : [[each.keys, each]]));
}

interface PaletteButtonProps {
  label: string;
  keys: ReadonlySignal<string>;
  onClick: () => void;
}

function PaletteButton({ label, keys, onClick }: PaletteButtonProps) {
  return (
    <button
      type="button"
      class="search scripted"
      aria-keyshortcuts="Control+K Meta+K"
      aria-haspopup="dialog"
      onClick={onClick}
    >
      <Icon name="search" />
      <span>{label}</span>
      <kbd aria-hidden="true">{keys}</kbd>
    </button>
  );
}
