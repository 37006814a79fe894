import { type Browser, chromium, type Page } from "playwright-core";

/** The headless shell, which renders no interface of its own, takes half the CPU time of the whole browser. */
const PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const EXECUTABLE = Deno.env.get("CHROMIUM") ?? PROGRAMS.find(isFile) ?? PROGRAMS[1]!;

/** Whether there is a Chromium to test with; a test that needs one has `ignore: !hasChromium`. */
export const hasChromium: boolean = isFile(EXECUTABLE);

if (!hasChromium) {
  // deno-lint-ignore no-console -- shows which tests are skipped
  console.warn(`Tests in a browser are skipped: there is no ${EXECUTABLE}; set CHROMIUM to one.`);
}

/** A browser; disposing it closes it. */
export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /**
   * Opens a page in its own context and collects its errors in `errors`. Navigation to a page of Millrace
   * resolves once the islands are hydrated: before that, buttons submit forms.
   */
  newPage(options?: Parameters<Browser["newPage"]>[0]): Promise<TestPage>;
}

/** A page with its uncaught and console errors. */
export interface TestPage {
  readonly page: Page;
  readonly errors: readonly string[];
}

/** Starts headless Chromium. */
export async function startChromium(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    browser,
    async newPage(options) {
      // Animations, drawn without a GPU, would take most of the CPU time.
      const page = await browser.newPage({ reducedMotion: "reduce", ...options });
      if (options?.javaScriptEnabled !== false) waitForHydration(page);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        // Chromium requests a favicon; not every page under test has one.
        const icon = message.location().url.endsWith("/favicon.ico");
        if (message.type() === "error" && !icon) errors.push(message.text());
      });
      return { page, errors };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function waitForHydration(page: Page) {
  const hydrated = () =>
    page.waitForFunction(() => {
      const mark = document.querySelector<HTMLElement>("[data-link]");
      // "stopped" is the server-rendered value. Each island hydrates in a task, in document order.
      return mark?.dataset.link !== "stopped" && scheduler.postTask(() => true);
    });
  const { goto, reload } = page;
  page.goto = async (...about) => {
    const response = await goto.apply(page, about);
    await hydrated();
    return response;
  };
  page.reload = async (...about) => {
    const response = await reload.apply(page, about);
    await hydrated();
    return response;
  };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
