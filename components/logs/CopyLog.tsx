import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { LogLine } from "../../lib/dashboard/logs/log_model.ts";
import { logText } from "../../lib/dashboard/logs/log_text.ts";
import type { logsWords } from "../../lib/i18n/logs_words.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import type { WordKey } from "../../lib/i18n/words.ts";
import { Icon } from "../shell/Icon.tsx";

export interface CopyLogProps {
  voice: Voice<WordKey<typeof logsWords>>;
  rows: ReadonlySignal<readonly LogLine[]>;
}

/** Copies the displayed lines, and shows whether the browser allowed it. */
export function CopyLog({ voice: { say }, rows }: CopyLogProps) {
  const copied = useSignal("");

  async function copy() {
    const lines = rows.peek();
    try {
      await navigator.clipboard.writeText(logText(lines));
      copied.value = say("copied", { count: lines.length });
    } catch {
      // Browsers allow it only in secure contexts, or with permission.
      copied.value = say("notCopied");
    }
  }

  return (
    <>
      <button type="button" class="button scripted" data-look="quiet" onClick={copy}>
        <Icon name="copy" />
        <span>{say("copy")}</span>
      </button>
      <span class="log-copied" role="status">{copied}</span>
    </>
  );
}
