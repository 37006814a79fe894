import { asset } from "fresh/runtime";
import { define } from "../define.ts";
import { basePath } from "../lib/dashboard/shell/base_path.ts";
import { ICON_ID } from "../lib/dashboard/shell/tab.ts";
import { pickTheme } from "../lib/dashboard/shell/theme.ts";
import { chooseLanguage } from "../lib/i18n/choose_language.ts";
import { localeOf } from "../lib/i18n/language.ts";

/** The stylesheets of every page; the first declares the order of the cascade layers. */
const STYLES = ["tokens", "base", "controls"];

/** The document around every page. */
export default define.layout(({ Component, req }) => {
  // From the request itself, since the error page of a node that cannot start has no state.
  const cookie = req.headers.get("cookie");
  const language = chooseLanguage(req.headers);
  return (
    <html
      lang={localeOf(language)}
      data-theme={pickTheme(cookie)}
      data-base={basePath() || undefined}
    >
      <head>
        <meta charset="utf-8" />
        <title>Millrace</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link id={ICON_ID} rel="icon" type="image/svg+xml" href="/icon.svg" />
        {STYLES.map((name) => (
          <link key={name} rel="stylesheet" href={asset(`/styles/${name}.css`)} />
        ))}
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
