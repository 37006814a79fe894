import { type Browser, chromium, type Page } from "playwright-core";

const EXECUTABLE = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";

/** Whether there is a Chromium to test with; a test that needs one has `ignore: !hasChromium`. */
export const hasChromium: boolean = isFile(EXECUTABLE);

if (!hasChromium) {
  // deno-lint-ignore no-console -- whoever runs the tests is to know what was left out
  console.warn(`Tests in a browser are skipped: there is no ${EXECUTABLE}; set CHROMIUM to one.`);
}

/** A browser that ends with its test. */
export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /**
   * A new page in a context of its own; what went wrong in it is collected in `errors`. Where it goes to a
   * page of Millrace, it is there once the islands are awake: before that, buttons do by forms what
   * they do.
   */
  newPage(options?: Parameters<Browser["newPage"]>[0]): Promise<TestPage>;
}

/** A page, with the errors that it met: uncaught ones, and those on its console. */
export interface TestPage {
  readonly page: Page;
  readonly errors: readonly string[];
}

/** Starts Chromium without a window. */
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
      const page = await browser.newPage(options);
      if (options?.javaScriptEnabled !== false) awaitIslands(page);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        // Chromium asks for an icon of its own accord; not every page under test has one.
        const icon = message.location().url.endsWith("/favicon.ico");
        if (message.type() === "error" && !icon) errors.push(message.text());
      });
      return { page, errors };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

function awaitIslands(page: Page) {
  const awake = () =>
    page.waitForFunction(() => {
      const mark = document.querySelector<HTMLElement>("[data-link]");
      // As the server makes it; each island wakes in a task, and tasks come in the order of the page.
      return mark?.dataset.link !== "stopped" && scheduler.postTask(() => true);
    });
  const { goto, reload } = page;
  page.goto = async (...about) => {
    const response = await goto.apply(page, about);
    await awake();
    return response;
  };
  page.reload = async (...about) => {
    const response = await reload.apply(page, about);
    await awake();
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
