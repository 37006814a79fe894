import puppeteer, { type Browser, type Page } from "puppeteer-core";

const EXECUTABLE = Deno.env.get("FIREFOX") ?? "/usr/bin/firefox-esr";

/** Whether Firefox is installed; a test that needs it has `ignore: !hasFirefox`. */
export const hasFirefox: boolean = isFile(EXECUTABLE);

/** For `Deno.test({ ...withFirefox(name), fn })`: skips the test without Firefox, with the reason in its name. */
export function withFirefox(name: string): { name: string; ignore: boolean } {
  return { name: hasFirefox ? name : `${name} (skipped: no ${EXECUTABLE})`, ignore: !hasFirefox };
}

/** A Firefox that ends with its test, driven by WebDriver BiDi. */
export interface TestFirefox extends AsyncDisposable {
  readonly browser: Browser;
  /** Opens a page in its own context. Uncaught errors and errors on its console are collected in `errors`. */
  newPage(): Promise<{ page: Page; errors: readonly string[] }>;
}

export interface FirefoxOptions {
  /** The languages that pages ask for. */
  languages: string;
  theme: "light" | "dark";
}

/** Starts Firefox without a window. */
export async function startFirefox({ languages, theme }: FirefoxOptions): Promise<TestFirefox> {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: EXECUTABLE,
    headless: true,
    defaultViewport: { width: 1280, height: 900 },
    extraPrefsFirefox: {
      "intl.accept_languages": languages,
      // 0 is dark, 1 is light.
      "layout.css.prefers-color-scheme.content-override": theme === "dark" ? 0 : 1,
    },
  });
  return {
    browser,
    async newPage() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      return { page, errors };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
