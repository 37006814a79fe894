import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { createFreshProject } from "../support/fresh_project.ts";

const APP = new URL("../conformance/app/", import.meta.url);

for (const jsx of ["react-jsx", "precompile"]) {
  Deno.test({
    name: `islands hydrate when the project compiles JSX as ${jsx}`,
    ignore: !hasChromium,
    async fn() {
      await using project = await createFreshProject(APP, { jsx });
      await project.run("dev.ts", { args: ["build"] });
      await using server = await project.serve("_fresh/compiled-entry.js");
      await using chromium = await startChromium();
      const { page, errors } = await chromium.newPage();

      await page.goto(server.url);
      await page.locator('#props[data-hydrated="true"]').waitFor();
      assert.equal(
        await page.locator("#props").textContent(),
        '<b>&"quotes"</b></script>|1970-01-01T00:00:00.000Z|1+2+3|中文|null',
      );

      const counter = page.locator("#counter");
      assert.equal(await counter.textContent(), "3");
      await counter.click();
      await counter.click();
      await page.locator("#counter", { hasText: "5" }).waitFor({
        timeout: 5_000,
      });
      assert.deepEqual(errors, []);
    },
  });
}
