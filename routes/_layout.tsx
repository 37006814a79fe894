import { Navigation } from "../components/Navigation.tsx";
import { Icon } from "../components/Icon.tsx";
import { Wheel } from "../components/Wheel.tsx";
import { define } from "../define.ts";
import Preferences from "../islands/Preferences.tsx";
import { pickTheme } from "../lib/dashboard/theme.ts";
import { isWall } from "../lib/dashboard/wall.ts";
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
  return (
    <div class="shell">
      <a class="skip" href="#content">{voice.say("skip")}</a>
      <header class="masthead">
        <a class="brand" href="/">
          <Wheel turning="false" />
          <span class="brand-name">Millrace</span>
        </a>
        <Navigation voice={voice} />
        <div class="masthead-end">
          {state.role === "viewer" && <span class="badge">{voice.say("viewer")}</span>}
          <Preferences
            language={state.language}
            words={{ theme, switchLanguage, system, light, dark }}
            theme={pickTheme(req.headers.get("cookie"))}
            back={url.pathname + url.search}
          />
          {state.node.access.asksForTokens && (
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
