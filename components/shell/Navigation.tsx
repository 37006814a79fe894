import type { ComponentChildren } from "preact";
import { type Page, pagesFor } from "../../lib/dashboard/shell/pages.ts";
import type { Voice } from "../../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

export interface NavigationProps {
  voice: Voice<Page["word"] | "navigation">;
  /** Whether the actor may change anything. */
  mayAct: boolean;
  /** Badges next to links to pages. */
  counts: Partial<Record<Page["path"], ComponentChildren>>;
}

/** Links to all pages in groups; the framework marks the current one. */
export function Navigation({ voice, mayAct, counts }: NavigationProps) {
  return (
    <nav class="nav" aria-label={voice.say("navigation")}>
      <ul>
        {pagesFor({ mayAct }).map(({ path, word, icon, group }, n, all) => (
          <li key={path} class={n > 0 && all[n - 1]!.group !== group ? "gap" : ""}>
            <a href={path}>
              <Icon name={icon} />
              <span>{voice.say(word)}</span>
              {counts[path]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
