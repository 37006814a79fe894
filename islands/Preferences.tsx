import { useMemo } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { shownTheme } from "../lib/dashboard/shown_theme.ts";
import { type Theme, THEMES } from "../lib/dashboard/theme.ts";
import type { Language } from "../lib/i18n/language.ts";
import { createVoice } from "../lib/i18n/voice.ts";
import type { Words } from "../lib/i18n/words.ts";

export interface PreferencesProps {
  language: Language;
  words: Words<"theme" | "switchLanguage" | Theme>;
  theme: Theme;
  /** The path to come back to. */
  back: string;
}

/** The switches for colours and language: a form, whose colours change at once where scripts run. */
export default function Preferences({ language, words, theme, back }: PreferencesProps) {
  const voice = createVoice(language, words);
  const shown = useMemo(() => shownTheme(theme), []);
  const other: Language = language === "zh" ? "en" : "zh";

  function choose(event: Event, chosen: Theme) {
    event.preventDefault();
    shown.choose(chosen);
  }

  return (
    <form class="preferences" method="post" action="/preferences">
      <input type="hidden" name="back" value={back} />
      <fieldset class="switch">
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
      <button
        type="submit"
        class="button"
        data-look="quiet"
        name="language"
        value={other}
        lang={other === "zh" ? "zh-CN" : "en"}
      >
        <Icon name="language" />
        <span>{voice.say("switchLanguage")}</span>
      </button>
    </form>
  );
}
