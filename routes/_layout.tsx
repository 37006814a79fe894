import { Navigation } from "../components/Navigation.tsx";
import { Icon } from "../components/Icon.tsx";
import { Wheel } from "../components/Wheel.tsx";
import { define } from "../define.ts";
import Keyboard from "../islands/Keyboard.tsx";
import Preferences from "../islands/Preferences.tsx";
import { charactersAct } from "../lib/dashboard/character_keys.ts";
import { entriesFor } from "../lib/dashboard/entries.ts";
import { pickTheme } from "../lib/dashboard/theme.ts";
import { isWall } from "../lib/dashboard/wall.ts";
import { actionWords } from "../lib/i18n/action_words.ts";
import { keyboardWords } from "../lib/i18n/keyboard_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

/** What is around the content of every page: the name, the pages, the switches. */
export default define.layout(({ Component, req, state, url }) => {
  const words = shellWords[state.language];
  const voice = createVoice(state.language, words);
  if (isWall(url.searchParams)) {
    return (
      <main class="content wall">
        <Component />
      </main>
    );
  }
  const { theme, switchLanguage, system, light, dark } = words;
  const { language } = state;
  const cookie = req.headers.get("cookie");
  const mayAct = state.role === "admin";
  const signsOut = state.node.access.asksForTokens;
  return (
    <div class="shell">
      <a class="skip" href="#content">{voice.say("skip")}</a>
      <header class="masthead">
        <a class="brand" href="/">
          <Wheel turning="false" />
          <span class="brand-name">Millrace</span>
        </a>
        <Keyboard
          language={language}
          words={{ ...actionWords[language], ...keyboardWords[language] }}
          entries={entriesFor({ language, mayAct, signsOut })}
          charactersAct={charactersAct(cookie)}
          tells={url.pathname !== "/"}
        />
        <Navigation voice={voice} mayAct={mayAct} />
        <div class="masthead-end">
          {!mayAct && <span class="badge">{voice.say("viewer")}</span>}
          <Preferences
            language={language}
            words={{ theme, switchLanguage, system, light, dark }}
            theme={pickTheme(cookie)}
            back={url.pathname + url.search}
          />
          {signsOut && (
            <form method="post" action="/sign-out">
              <button type="submit" class="button" data-look="quiet">
                <Icon name="signOut" />
                <span>{voice.say("signOut")}</span>
              </button>
            </form>
          )}
        </div>
      </header>
      <main id="content" class="content">
        <Component />
      </main>
    </div>
  );
});
