import { type ReadonlySignal, useComputed, useSignalEffect } from "@preact/signals";
import { Icon } from "./Icon.tsx";

/** A result: `text` in the reader's language. */
export interface NoticeText {
  kind: "done" | "failed";
  text: string;
  /** Undoes the action. */
  undo?: { label: string; run: () => void };
}

export interface NoticeProps {
  /** Null if there is none. */
  notice: ReadonlySignal<NoticeText | null>;
  dismissLabel: string;
  dismiss: () => void;
  /** The link to the page without the notice, for browsers without scripts. */
  back: string;
}

/** How long a success is shown; a failure stays until dismissed. */
const SHOWN_MS = 8_000;
/** How long a success with undo is shown. */
const UNDO_SHOWN_MS = 60_000;

/** The result of the last request, announced by screen readers. */
export function Notice({ notice, dismissLabel, dismiss, back }: NoticeProps) {
  const kind = useComputed(() => notice.value?.kind ?? "none");
  const text = useComputed(() => notice.value?.text ?? "");
  useSignalEffect(() => {
    if (notice.value?.kind !== "done") return;
    const timer = setTimeout(dismiss, notice.value.undo === undefined ? SHOWN_MS : UNDO_SHOWN_MS);
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
        {useComputed(() =>
          notice.value?.undo && (
            <button type="button" class="button" data-size="small" onClick={notice.value.undo.run}>
              <Icon name="undo" />
              <span>{notice.value.undo.label}</span>
            </button>
          )
        )}
        <form method="get" action={back} onSubmit={(event) => (event.preventDefault(), dismiss())}>
          <button type="submit" class="button" data-look="icon" aria-label={dismissLabel}>
            <Icon name="close" />
          </button>
        </form>
      </div>
    </>
  );
}
