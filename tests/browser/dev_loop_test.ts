import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { isServing, startDevelopment } from "../support/development.ts";
import { eventually } from "../support/eventually.ts";

/** Additional files: a page with one part of each kind. */
const PARTS = {
  "static/dev_loop.css": "#page { color: rgb(1, 2, 3); }\n",
  "lib/dev_loop.ts": 'export const text = "module one";\n',
  "components/DevLoop.tsx": 'export const DevLoop = () => <p id="component">component one</p>;\n',
  "islands/DevLoop.tsx": 'export default () => <p id="island">island one</p>;\n',
  "routes/dev-loop.tsx": `import { asset, Head } from "fresh/runtime";
import { DevLoop } from "../components/DevLoop.tsx";
import Island from "../islands/DevLoop.tsx";
import { text } from "../lib/dev_loop.ts";

export default function Page() {
  return (
    <>
      <Head>
        <link key="dev_loop.css" rel="stylesheet" href={asset("/dev_loop.css")} />
      </Head>
      <p id="page">page one</p>
      <DevLoop />
      <Island />
      <p id="module">{text}</p>
    </>
  );
}
`,
};

Deno.test({
  name: "an open page shows each source change without a reload, and errors with their location",
  ignore: !hasChromium,
  async fn(t) {
    await using development = await startDevelopment(PARTS);
    const { edit, url } = development;
    await using chromium = await startChromium();
    const page = await chromium.browser.newPage({ locale: "en-US" });
    page.setDefaultTimeout(180_000);

    await t.step("the sample is served at the address from the environment", async () => {
      await page.goto(`${url}/articles`);
      await page.locator('a[href^="/articles/"]').first().waitFor();
    });

    await page.goto(`${url}/dev-loop`);
    await untilText(page, "#island", "island one");

    await t.step("a page", async () => {
      await edit("routes/dev-loop.tsx", "page one", "page two");
      await untilText(page, "#page", "page two");
    });
    await t.step("a component on the server", async () => {
      await edit("components/DevLoop.tsx", "component one", "component two");
      await untilText(page, "#component", "component two");
    });
    await t.step("a module on the server", async () => {
      await edit("lib/dev_loop.ts", "module one", "module two");
      await untilText(page, "#module", "module two");
    });
    await t.step("an island", async () => {
      await edit("islands/DevLoop.tsx", "island one", "island two");
      await untilText(page, "#island", "island two");
    });
    await t.step("a layout", async () => {
      const content = "<Component />";
      await edit("routes/_layout.tsx", content, `<><p id="layout">layout two</p>${content}</>`);
      await untilText(page, "#layout", "layout two");
    });
    await t.step("a stylesheet", async () => {
      await edit("static/dev_loop.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)");
      await page.waitForFunction(() => {
        const element = document.querySelector("#page");
        return element !== null && getComputedStyle(element).color === "rgb(4, 5, 6)";
      });
    });

    await t.step(
      "an error overlay shows the location, and disappears when the error is fixed",
      async () => {
        const broken = 'Page() {\n  if (text !== "") throw new Error("broken here");';
        await edit("routes/dev-loop.tsx", "Page() {", broken);
        const overlay = page.frameLocator("#fresh-error-overlay");
        await untilText(overlay, "h1", "broken here");
        await untilText(overlay, ".code-frame", 'throw new Error("broken here")');
        await untilText(overlay, ".stack", "routes/dev-loop.tsx:7:26");
        await edit("routes/dev-loop.tsx", broken, "Page() {");
        await untilText(page, "#page", "page two");
      },
    );

    for (const path of ["routes/dev-loop.tsx", "components/DevLoop.tsx", "islands/DevLoop.tsx"]) {
      await t.step(
        `a syntax error in ${path} does not stop the server: once fixed, the page is back`,
        async () => {
          await edit(path, "</p>", "</p");
          // The published framework stops serving in the meantime; the stand-in shows the error.
          await eventually(async () => {
            assert.ok(await isShown(page, path) || !await isServing(url));
          });
          await edit(path, "</p", `, ${path}</p>`);
          await page.getByText(`, ${path}`).first().waitFor();
        },
      );
    }
  },
});

/** Whether the page reports a syntax error in a file, with its line and column. */
async function isShown(page: Page, path: string): Promise<boolean> {
  const [title = ""] = await page.locator("h1", { hasText: path }).allInnerTexts();
  return /:\d+:\d+/.test(title);
}

async function untilText(
  within: Pick<Page, "locator">,
  selector: string,
  text: string,
): Promise<void> {
  await within.locator(selector, { hasText: text }).waitFor();
}
