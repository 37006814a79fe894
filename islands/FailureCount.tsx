import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { liveStatus } from "../lib/dashboard/live/live_status.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import "../lib/dashboard/shell/base_path.ts";

export interface FailureCountProps {
  language: Language;
  /** The initial count. */
  first: number;
}

/** The number of failed articles, next to the link; empty for none. */
export default function FailureCount({ language, first }: FailureCountProps) {
  const voice = useMemo(() => createVoice(language, {}), []);
  const { model } = useMemo(() => liveStatus(null), []);
  const count = useComputed(() =>
    model.status.value === null ? first : (model.retry.value ?? 0) + (model.dead.value ?? 0)
  );
  return (
    <span class="count" hidden={useComputed(() => count.value === 0)}>
      {useComputed(() => voice.number(count.value))}
    </span>
  );
}
