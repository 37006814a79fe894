import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { FirstAction, StreamRequests } from "../../lib/dashboard/requests/stream_requests.ts";
import { Icon, type IconName } from "../shell/Icon.tsx";

export interface ActionButtonProps {
  action: FirstAction;
  actions: StreamRequests;
  icon: IconName;
  label: ReadonlySignal<string> | string;
  look?: ReadonlySignal<string> | string;
  /** Whether the action applies; an inactive button stays in place and focusable. */
  useful?: ReadonlySignal<boolean>;
  /** Replaces the action, such as by a confirmation. */
  instead?: () => void;
}

/** A button for an action; a form without scripts. */
export function ActionButton(props: ActionButtonProps) {
  const { action, actions, icon, label, look = "plain", useful, instead } = props;
  const busy = useComputed(() => actions.busy.value?.name === action ? "true" : "false");
  const disabled = useComputed(() => useful?.value === false ? "true" : "false");

  function submit(event: Event) {
    event.preventDefault();
    if (useful?.peek() === false) return;
    if (instead !== undefined) instead();
    else actions.perform(action);
  }

  // Without scripts, the page itself asks for confirmation.
  const form = instead === undefined
    ? { method: "post", action: `/actions/${action}` } as const
    : { method: "get", action: "/" } as const;
  return (
    <form {...form} onSubmit={submit}>
      {instead !== undefined && <input type="hidden" name="confirm" value={action} />}
      <button
        type="submit"
        class="button"
        data-look={look}
        aria-busy={busy}
        aria-disabled={disabled}
      >
        <Icon name={icon} />
        <span>{label}</span>
      </button>
    </form>
  );
}
