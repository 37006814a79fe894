import { asset } from "fresh/runtime";
import { define } from "../define.ts";
import { ICON_ID } from "../lib/dashboard/tab.ts";
import { pickTheme } from "../lib/dashboard/theme.ts";
import { localeOf, pickLanguage } from "../lib/i18n/language.ts";

/** The document around every page. */
export default define.layout(({ Component, req }) => {
  // Asked of the request itself: a node that cannot start has an error page, and no state.
  const cookie = req.headers.get("cookie");
  const language = pickLanguage(req.headers.get("accept-language"), cookie);
  return (
    <html lang={localeOf(language)} data-theme={pickTheme(cookie)}>
      <head>
        <meta charset="utf-8" />
        <title>Millrace</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link id={ICON_ID} rel="icon" type="image/svg+xml" href="/icon.svg" />
        <link rel="stylesheet" href={asset("/styles.css")} />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
