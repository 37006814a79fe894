import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { liveStatus } from "../../lib/dashboard/live/live_status.ts";
import type { Language } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";

export interface FailureCountProps {
  language: Language;
  /** The initial count. */
  first: number;
}

/** The number of failed articles, next to the link; empty for none. */
export function FailureCount({ language, first }: FailureCountProps) {
  const voice = useMemo(() => createVoice(language, {}), []);
  const { model } = useMemo(() => liveStatus(null), []);
  const ofPage = useSignal(countOfPage());
  useEffect(() => {
    const region = document.getElementById("failures");
    if (region === null) return;
    const observer = new MutationObserver(() => ofPage.value = countOfPage());
    observer.observe(region, { subtree: true, childList: true, attributeFilter: ["data-failed"] });
    return () => observer.disconnect();
  }, []);
  const count = useComputed(() => {
    if (ofPage.value !== null) return ofPage.value;
    if (model.status.value === null) return first;
    return (model.retry.value ?? 0) + (model.dead.value ?? 0);
  });
  return (
    <span class="count" hidden={useComputed(() => count.value === 0)}>
      {useComputed(() => voice.number(count.value))}
    </span>
  );
}

/** The count that the page of failures shows, which reads it from the database; null on other pages. */
function countOfPage(): number | null {
  const head = globalThis.document?.querySelector<HTMLElement>("[data-failed]");
  return head ? Number(head.dataset.failed) : null;
}
