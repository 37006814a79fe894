import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Command } from "../../lib/dashboard/keyboard/keyboard_commands.ts";
import type { keyboardWords } from "../../lib/i18n/keyboard_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";
import { Keys } from "./Keys.tsx";

export interface KeysDialogProps {
  voice: Voice<WordKey<typeof keyboardWords>>;
  commands: readonly Command[];
  /** The keys that open the palette on this platform. */
  paletteKeys: string;
  /** Whether single-key shortcuts are enabled. */
  singleKeys: ReadonlySignal<boolean>;
  enableSingleKeys: (act: boolean) => void;
  onClose: () => void;
}

/** The groups of shortcuts, by their first key. */
const GROUPS = [
  { word: "everywhere", begin: /^.$/ },
  { word: "go", begin: /^g / },
  { word: "do", begin: /^d / },
] as const;

/** The list of keyboard shortcuts, with a switch for single-key ones. */
export function KeysDialog(props: KeysDialogProps) {
  const { voice, commands, paletteKeys, singleKeys, enableSingleKeys, onClose } = props;
  const { say } = voice;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current!.showModal(), []);

  const listed = (begin: RegExp) =>
    commands.filter((command): command is Command & { keys: string } =>
      begin.test(command.keys ?? "")
    );
  return (
    <dialog class="dialog keys-dialog" ref={dialog} aria-labelledby="keys-title" onClose={onClose}>
      <div class="keys-header">
        <h2 id="keys-title">{say("keys")}</h2>
        <form method="dialog">
          <button type="submit" class="button" data-look="icon" aria-label={say("close")}>
            <Icon name="close" />
          </button>
        </form>
      </div>
      <div class="keys-groups">
        {GROUPS.map(({ word, begin }) => {
          const group = listed(begin);
          return group.length > 0 && (
            <table key={word}>
              <caption>{say(word)}</caption>
              <tbody>
                {word === "everywhere" && <Row label={say("palette")} keys={paletteKeys} then="" />}
                {group.map(({ id, label, keys }) => (
                  <Row key={id} label={label} keys={keys} then={say("then")} />
                ))}
              </tbody>
            </table>
          );
        })}
      </div>
      <label class="keys-switch">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={({ currentTarget }) =>
            enableSingleKeys(currentTarget.checked)}
        />
        <span>{say("characters")}</span>
        <span class="hint">{say("charactersHint")}</span>
      </label>
    </dialog>
  );
}

function Row({ label, keys, then }: { label: string; keys: string; then: string }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Keys keys={keys} then={then} />
      </td>
    </tr>
  );
}
