import { useSignal } from "@preact/signals";
import { Icon } from "../components/Icon.tsx";
import { type Theme, THEME_COOKIE, THEMES } from "../lib/dashboard/theme.ts";
import type { Language } from "../lib/i18n/language.ts";
import { preferenceCookie } from "../lib/i18n/preference.ts";
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
  const shown = useSignal(theme);
  const other: Language = language === "zh" ? "en" : "zh";

  function choose(event: Event, chosen: Theme) {
    event.preventDefault();
    document.cookie = preferenceCookie(THEME_COOKIE, chosen);
    document.documentElement.dataset.theme = chosen;
    shown.value = chosen;
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
            aria-pressed={shown.value === each ? "true" : "false"}
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
