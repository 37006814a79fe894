import type { FirstAction } from "../requests/stream_requests.ts";
import { submitForm } from "../requests/submit_form.ts";
import { below } from "../shell/base_path.ts";
import { shownTheme } from "../shell/shown_theme.ts";
import type { Effect } from "./keyboard_commands.ts";

export interface EffectActions {
  act(action: FirstAction): void;
  showKeys(): void;
}

/** Runs the effect of a command on the current page. */
export function runEffect(effect: Effect, { act, showKeys }: EffectActions): void {
  switch (effect.kind) {
    case "go":
      return location.assign(below(effect.path));
    case "act":
      return act(effect.action);
    case "theme":
      return shownTheme(effect.theme).choose(effect.theme);
    case "language": {
      const back = location.pathname + location.search;
      return submitForm("/preferences", { language: effect.language, back });
    }
    case "search": {
      const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (field === null) return location.assign(below(effect.elsewhere));
      field.focus();
      return field.select();
    }
    case "keys":
      return showKeys();
    case "sign out":
      return submitForm("/sign-out", {});
  }
}
