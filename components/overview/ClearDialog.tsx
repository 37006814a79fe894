import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Ref } from "preact";
import type { StreamRequests } from "../../lib/dashboard/requests/stream_requests.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { Icon } from "../shell/Icon.tsx";

export interface ClearDialogProps {
  voice: Voice<"clear" | "clearTitle" | "clearText" | "cancel">;
  actions: StreamRequests;
  dead: ReadonlySignal<number | null>;
  dialog: Ref<HTMLDialogElement>;
  /** Whether it is open initially, as on a page without scripts. */
  open: boolean;
}

/** The confirmation of clearing the dead letters, with their number. */
export function ClearDialog({ voice, actions, dead, dialog, open }: ClearDialogProps) {
  const useCounted = (key: "clear" | "clearTitle") =>
    useComputed(() => voice.say(key, { count: dead.value ?? 0 }));

  function submit(event: SubmitEvent) {
    event.preventDefault();
    (event.target as HTMLFormElement).closest("dialog")?.close();
    actions.perform("clear");
  }

  return (
    <dialog
      class="dialog"
      ref={dialog}
      open={open}
      aria-labelledby="clear-title"
      aria-describedby="clear-text"
    >
      <h2 id="clear-title">{useCounted("clearTitle")}</h2>
      <p id="clear-text">{voice.say("clearText")}</p>
      <div class="dialog-choice">
        <form method="dialog">
          <button type="submit" class="button" autofocus>{voice.say("cancel")}</button>
        </form>
        <form method="post" action="/actions/clear" onSubmit={submit}>
          <button type="submit" class="button" data-look="danger">
            <Icon name="clear" />
            <span>{useCounted("clear")}</span>
          </button>
        </form>
      </div>
    </dialog>
  );
}
