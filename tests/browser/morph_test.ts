import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";

const MORPH = new URL("../../lib/dashboard/live/morph.ts", import.meta.url).href;

const PAGE = `
  <main><!--frsh:key:group news--><span>news</span><!--/frsh:key--><form>
    <input name="q">
  </form></main>`;

declare const morph: typeof import("../../lib/dashboard/live/morph.ts").morph;

/** Returns a script that makes `morph` a global. */
async function bundled(): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    const entry = `${folder}/entry.ts`;
    await Deno.writeTextFile(
      entry,
      `import { morph } from "${MORPH}"; Object.assign(globalThis, { morph });`,
    );
    const bundle = new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", "--platform=browser", entry],
    });
    const { success, stdout, stderr } = await bundle.output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "a region whose comments the framework replaced keeps its form and what is typed in it",
  ignore: !hasChromium,
  async fn() {
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ javaScriptEnabled: true });
    await page.setContent(PAGE);
    await page.addScriptTag({ type: "module", content: await bundled() });
    await page.locator("input").fill("typed");
    const kept = await page.evaluate((html) => {
      const shown = document.querySelector("main")!;
      const form = document.querySelector("form");
      // Fresh 2.3.3 replaces the comments before keyed components with empty texts when it starts in the browser.
      for (const node of [...shown.childNodes]) {
        if (node instanceof Comment && node.data.startsWith("frsh:")) {
          node.replaceWith(new Text(""));
        }
      }
      const fetched = new DOMParser().parseFromString(html, "text/html").querySelector("main")!;
      fetched.querySelector("span")!.textContent = "weather";
      morph(shown, fetched);
      return {
        isSameForm: document.querySelector("form") === form,
        typed: document.querySelector("input")!.value,
        texts: [...shown.querySelectorAll("span")].map(({ textContent }) => textContent),
      };
    }, PAGE);
    assert.deepEqual(kept, { isSameForm: true, typed: "typed", texts: ["weather"] });
  },
});
