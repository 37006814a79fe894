import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ActionName, Actions } from "../lib/dashboard/actions.ts";
import { Icon, type IconName } from "./Icon.tsx";

export interface ActionButtonProps {
  action: ActionName;
  actions: Actions;
  icon: IconName;
  label: ReadonlySignal<string> | string;
  look?: ReadonlySignal<string> | string;
  /** Whether there is something to do; a button without stays where it is, and can be focused. */
  useful?: ReadonlySignal<boolean>;
  /** What is done in place of acting, such as asking first. */
  instead?: () => void;
}

/** A button that acts at once; without scripts, a form that does the same. */
export function ActionButton(props: ActionButtonProps) {
  const { action, actions, icon, label, look = "plain", useful, instead } = props;
  const busy = useComputed(() => actions.busy.value === action ? "true" : "false");
  const disabled = useComputed(() => useful?.value === false ? "true" : "false");

  function submit(event: Event) {
    event.preventDefault();
    if (useful?.peek() === false) return;
    if (instead !== undefined) instead();
    else actions.run(action);
  }

  // What is asked about first is asked about by the page itself when there are no scripts.
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
