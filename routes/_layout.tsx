import { asset, Head } from "fresh/runtime";
import { Frame } from "../components/shell/Frame.tsx";
import { define } from "../define.ts";
import { AlertCount, FailureCount, HealthLine, Keyboard, Preferences } from "../islands/Shell.tsx";
import { mayAs } from "../lib/auth/route_permissions.ts";
import { singleKeysEnabled } from "../lib/dashboard/keyboard/single_key_shortcuts.ts";
import { withoutBase } from "../lib/dashboard/shell/base_path.ts";
import { commandsFor } from "../lib/dashboard/keyboard/keyboard_commands.ts";
import { pickTheme } from "../lib/dashboard/shell/theme.ts";
import { isWall } from "../lib/dashboard/overview/wall.ts";
import { knownStatus } from "../lib/http/overview/first_status.ts";
import { actionWords } from "../lib/i18n/action_words.ts";
import { alertsWords } from "../lib/i18n/alerts_words.ts";
import { freshWords } from "../lib/i18n/fresh_words.ts";
import { healthWords } from "../lib/i18n/health_words.ts";
import { keyboardWords } from "../lib/i18n/keyboard_words.ts";
import { shellWords } from "../lib/i18n/shell_words.ts";
import { createVoice } from "../lib/i18n/voice.ts";

const STYLES = ["frame", "health", "panel", "keyboard"];

/** The frame of every page, with the health line; the wall has none. */
export default define.layout(({ Component, req, state, url }) => {
  const { language, node, role, identity } = state;
  const words = shellWords[language];
  const voice = createVoice(language, words);
  const head = (
    <Head>
      {STYLES.map((name) => (
        <link key={name} rel="stylesheet" href={asset(`/styles/${name}.css`)} />
      ))}
    </Head>
  );
  if (isWall(url.searchParams)) {
    return (
      <>
        {head}
        <Component />
      </>
    );
  }
  const { theme, language: languageWord, system, light, dark } = words;
  const cookie = req.headers.get("cookie");
  const mayAct = mayAs(role, "operator");
  const signsOut = identity?.credential.kind === "session";
  const first = knownStatus(node);
  const { queue_retry = 0, queue_dead = 0 } = first.status ?? {};
  return (
    <Frame
      voice={voice}
      name={signsOut ? identity.actor.name : null}
      role={role}
      mayAct={mayAct}
      signsOut={signsOut}
      counts={{
        "/alerts": (
          <AlertCount
            language={language}
            words={{ notification: alertsWords[language].notification }}
          />
        ),
        "/failures": (
          <FailureCount language={language} first={state.failed ?? queue_retry + queue_dead} />
        ),
      }}
      search={
        <Keyboard
          language={language}
          words={{ ...actionWords[language], ...keyboardWords[language] }}
          commands={commandsFor({ language, mayAct, signsOut })}
          singleKeysEnabled={singleKeysEnabled(cookie)}
          showsResults={withoutBase(url.pathname) !== "/"}
        />
      }
      preferences={
        <Preferences
          language={language}
          words={{ theme, language: languageWord, system, light, dark }}
          theme={pickTheme(cookie)}
          back={url.pathname + url.search}
        />
      }
    >
      {head}
      <HealthLine
        language={language}
        words={{ ...healthWords[language], ...freshWords[language] }}
        first={first}
        path={url.pathname}
        title={withoutBase(url.pathname) === "/" ? voice.say("overview") : null}
      />
      <Component />
    </Frame>
  );
});
