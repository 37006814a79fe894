import { type ReadonlySignal, useComputed, useSignalEffect } from "@preact/signals";
import { Icon } from "./Icon.tsx";

/** What came of something: `text` in the visitor's language. */
export interface NoticeText {
  kind: "done" | "failed";
  text: string;
}

export interface NoticeProps {
  /** Null while there is nothing to tell. */
  notice: ReadonlySignal<NoticeText | null>;
  dismissLabel: string;
  dismiss: () => void;
  /** The page without the notice, for browsers without scripts. */
  back: string;
}

/** How long good news stays; bad news stays until it is dismissed. */
const SHOWN_MS = 8_000;

/** What came of the last action, spoken by screen readers; nothing before the first. */
export function Notice({ notice, dismissLabel, dismiss, back }: NoticeProps) {
  const kind = useComputed(() => notice.value?.kind ?? "none");
  const text = useComputed(() => notice.value?.text ?? "");
  useSignalEffect(() => {
    if (notice.value?.kind !== "done") return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  });
  return (
    <>
      <p class="unseen" role="status">{text}</p>
      <div class="notice" data-kind={kind}>
        <span class="notice-mark">
          {useComputed(() => <Icon name={kind.value === "failed" ? "alert" : "check"} />)}
        </span>
        <p aria-hidden="true">{text}</p>
        <form method="get" action={back} onSubmit={(event) => (event.preventDefault(), dismiss())}>
          <button type="submit" class="button" data-look="icon" aria-label={dismissLabel}>
            <Icon name="close" />
          </button>
        </form>
      </div>
    </>
  );
}
