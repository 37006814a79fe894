import { type Page, pagesFor } from "../lib/dashboard/pages.ts";
import type { Voice } from "../lib/i18n/voice.ts";
import { Icon } from "./Icon.tsx";

export interface NavigationProps {
  voice: Voice<Page["word"] | "navigation">;
  /** Whether the visitor may change something. */
  mayAct: boolean;
}

/** Links to all pages; the framework marks the one that is open. */
export function Navigation({ voice, mayAct }: NavigationProps) {
  return (
    <nav class="navigation" aria-label={voice.say("navigation")}>
      <ul>
        {pagesFor({ mayAct }).map(({ path, word, icon }) => (
          <li key={path}>
            <a href={path}>
              <Icon name={icon} />
              <span>{voice.say(word)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
