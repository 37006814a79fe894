import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const EXECUTABLE = Deno.env.get("CHROMIUM") ?? PROGRAMS.find((path) => existsSync(path)) ??
  PROGRAMS[1]!;

/** Whether there is a Chromium; a test that needs one has `ignore: !hasChromium`. */
export const hasChromium: boolean = existsSync(EXECUTABLE);

/** A browser; disposing it closes it. */
export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** Opens a page; `errors` collects its errors. */
  newPage(): Promise<{ page: Page; errors: readonly string[] }>;
}

/** Starts headless Chromium. */
export async function startChromium(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  return {
    browser,
    async newPage() {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        const icon = message.location().url.endsWith("/favicon.ico");
        if (message.type() === "error" && !icon) errors.push(message.text());
      });
      return { page, errors };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
