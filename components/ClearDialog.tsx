import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Ref } from "preact";
import type { Actions } from "../lib/dashboard/actions.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

export interface ClearDialogProps {
  voice: Voice<"clear" | "clearTitle" | "clearText" | "cancel">;
  actions: Actions;
  dead: ReadonlySignal<number | null>;
  dialog: Ref<HTMLDialogElement>;
  /** Whether it is shown from the start, as it is when a page without scripts asks. */
  open: boolean;
}

/** Asks whether the dead letters are really to go, and says how many they are. */
export function ClearDialog({ voice, actions, dead, dialog, open }: ClearDialogProps) {
  const counted = (key: "clear" | "clearTitle") =>
    useComputed(() => voice.say(key, { count: dead.value ?? 0 }));

  function submit(event: SubmitEvent) {
    event.preventDefault();
    (event.target as HTMLFormElement).closest("dialog")?.close();
    actions.run("clear");
  }

  return (
    <dialog
      class="dialog"
      ref={dialog}
      open={open}
      aria-labelledby="clear-title"
      aria-describedby="clear-text"
    >
      <h2 id="clear-title">{counted("clearTitle")}</h2>
      <p id="clear-text">{voice.say("clearText")}</p>
      <div class="dialog-choice">
        <form method="dialog">
          <button type="submit" class="button" autofocus>{voice.say("cancel")}</button>
        </form>
        <form method="post" action="/actions/clear" onSubmit={submit}>
          <button type="submit" class="button" data-look="danger">
            <Icon name="clear" />
            <span>{counted("clear")}</span>
          </button>
        </form>
      </div>
    </dialog>
  );
}
