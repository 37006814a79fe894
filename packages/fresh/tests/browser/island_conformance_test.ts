import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { kinds } from "../conformance/cases.ts";
import expected from "../conformance/expected_browser.json" with { type: "json" };
import { hasChromium, startChromium } from "../support/chromium.ts";
import { createFreshProject } from "../support/fresh_project.ts";

const APP = new URL("../conformance/app/", import.meta.url);
/** Longer than hydration; pages without hydration wait for all of it. */
const HYDRATION_MS = 5_000;
const TOGGLES = [
  "#closed > .toggle",
  "#open #counter",
  "#closed #counter",
  "#open > .toggle",
  "#open > .toggle",
  "#inner > .toggle",
  "#outer > .toggle",
  "#outer > .toggle",
  "#text > .toggle",
  "#several > .toggle",
];

Deno.test({
  name: "islands in a browser behave as recorded on the published framework",
  ignore: !hasChromium,
  async fn(t) {
    await using project = await createFreshProject(APP);
    await project.run("dev.ts", { args: ["build"] });
    await using server = await project.serve("_fresh/compiled-entry.js");
    await using chromium = await startChromium();
    const { page } = await chromium.newPage();
    const recorded: Record<string, unknown> = expected;
    let compared = 0;
    const compare = (name: string, actual: unknown) =>
      t.step(name, () => {
        compared++;
        assert.deepEqual(actual, recorded[name]);
      });

    for (const kind of kinds) {
      const { status, alive } = await open(page, server.url, `/props/${encodeURIComponent(kind)}`);
      const value = alive ? await page.textContent("#value") : null;
      await compare(`props: ${kind}`, { status, alive, value });
    }

    await open(page, server.url, "/", "#props");
    const home = [...await texts(page, "#props"), ...await texts(page, "#counter")];
    await page.click("#counter");
    await compare("home, then a click", [...home, ...await texts(page, "#counter")]);

    await open(page, server.url, "/children", "#open");
    await compare("children: at first", await frames(page));
    for (const [i, toggle] of TOGGLES.entries()) {
      await page.click(toggle);
      await compare(`children: ${i + 1}, after ${toggle}`, await frames(page));
    }
    assert.equal(compared, Object.keys(recorded).length);
  },
});

/** Opens a page and waits until an island is hydrated, or the time limit passes. */
async function open(page: Page, base: string, path: string, island = "#value") {
  const response = await page.goto(base + path);
  const status = response?.status() ?? 0;
  if (status !== 200) return { status, alive: false };
  const hydrated = page.locator(`${island}[data-hydrated=true]`).waitFor({ timeout: HYDRATION_MS });
  return { status, alive: await hydrated.then(() => true, () => false) };
}

function texts(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).allInnerTexts();
}

async function frames(page: Page): Promise<string[]> {
  const sections = await texts(page, "main > section");
  return sections.map((text) => text.replace(/\s+/g, " ").trim());
}
