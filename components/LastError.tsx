import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Voice } from "../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

export interface LastErrorProps {
  voice: Voice<"lastError">;
  text: ReadonlySignal<string | null>;
}

/** The last error's text, shown while there is one. */
export function LastError({ voice, text }: LastErrorProps) {
  return (
    <section
      class="last-error"
      hidden={useComputed(() => text.value === null)}
      aria-label={voice.say("lastError")}
    >
      <Icon name="alert" />
      <h2>{voice.say("lastError")}</h2>
      <p data-field="last_error">{text}</p>
    </section>
  );
}
