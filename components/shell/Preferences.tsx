import { useMemo } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { shownTheme } from "../../lib/dashboard/shell/shown_theme.ts";
import { type Theme, THEMES } from "../../lib/dashboard/shell/theme.ts";
import { type Language, LANGUAGES, localeOf } from "../../lib/i18n/language.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import type { Words } from "../../lib/i18n/words.ts";

export interface PreferencesProps {
  language: Language;
  words: Words<"theme" | "language" | Theme>;
  theme: Theme;
  /** The path to return to. */
  back: string;
}

/** The languages' native names. */
const NAMES = { zh: "中文", en: "EN" } as const satisfies Record<Language, string>;

/** The switches for theme and language: a form; with scripts, the theme changes immediately. */
export function Preferences({ language, words, theme, back }: PreferencesProps) {
  const voice = createVoice(language, words);
  const shown = useMemo(() => shownTheme(theme), []);

  function choose(event: Event, chosen: Theme) {
    event.preventDefault();
    shown.choose(chosen);
  }

  return (
    <form class="preferences" method="post" action="/preferences">
      <input type="hidden" name="back" value={back} />
      <fieldset class="segments">
        <legend class="unseen">{voice.say("theme")}</legend>
        {THEMES.map((each) => (
          <button
            type="submit"
            key={each}
            name="theme"
            value={each}
            title={voice.say(each)}
            aria-label={voice.say(each)}
            aria-pressed={shown.theme.value === each ? "true" : "false"}
            onClick={(event) => choose(event, each)}
          >
            <Icon name={each} />
          </button>
        ))}
      </fieldset>
      <fieldset class="segments">
        <legend class="unseen">{voice.say("language")}</legend>
        {LANGUAGES.map((each) => (
          <button
            type="submit"
            key={each}
            name="language"
            value={each}
            lang={localeOf(each)}
            aria-pressed={each === language ? "true" : "false"}
          >
            {NAMES[each]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
