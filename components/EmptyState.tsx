import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Actions } from "../lib/dashboard/actions.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { ActionButton } from "./ActionButton.tsx";

export interface EmptyStateProps {
  voice: Voice<"emptyTitle" | "emptyText" | "sample">;
  actions: Actions;
  empty: ReadonlySignal<boolean>;
}

/** What a first visitor sees while there is no article: a way to see the stream move. */
export function EmptyState({ voice, actions, empty }: EmptyStateProps) {
  return (
    <section class="empty" hidden={useComputed(() => !empty.value)}>
      <div>
        <h2>{voice.say("emptyTitle")}</h2>
        <p>{voice.say("emptyText")}</p>
      </div>
      <ActionButton
        action="sample"
        actions={actions}
        icon="upload"
        label={voice.say("sample")}
        look="main"
      />
    </section>
  );
}
