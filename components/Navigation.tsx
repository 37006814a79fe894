import type { Voice } from "../lib/i18n/voice.ts";
import { Icon, type IconName } from "./Icon.tsx";

/** The pages, in the order in which they are shown; `word` names one in the shell's words. */
const PAGES = [
  { path: "/", word: "overview", icon: "overview" },
  { path: "/failures", word: "failures", icon: "failures" },
  { path: "/articles", word: "articles", icon: "articles" },
  { path: "/workers", word: "workers", icon: "workers" },
  { path: "/logs", word: "logs", icon: "logs" },
  { path: "/import", word: "import", icon: "upload" },
  { path: "/settings", word: "settings", icon: "settings" },
] as const satisfies { path: string; word: string; icon: IconName }[];

type PageWord = typeof PAGES[number]["word"];

/** Links to all pages; the framework marks the one that is open. */
export function Navigation({ voice }: { voice: Voice<PageWord | "navigation"> }) {
  return (
    <nav class="navigation" aria-label={voice.say("navigation")}>
      <ul>
        {PAGES.map(({ path, word, icon }) => (
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
