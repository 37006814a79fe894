import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test({
  name: "what is typed while the palette is loaded is in its field, and chooses",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    for (const chooses of [false, true]) {
      const { page, errors } = await chromium.newPage({ locale: "en-US" });
      await page.goto(`${millrace.url}/articles`);
      const search = page.locator("#search");
      await search.focus();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let held = 0;
      await page.route("**/*.js", async (route) => {
        held++;
        await released;
        await route.continue();
      });
      await page.keyboard.press("Control+k");
      await eventually(() => assert.ok(held > 0));
      await page.keyboard.type("g log");
      for (let times = 0; times < 5; times++) await page.keyboard.press("Backspace");
      await page.keyboard.type("log");
      if (chooses) await page.keyboard.press("Enter");
      assert.equal(await search.inputValue(), "");
      release();
      if (chooses) {
        await page.waitForURL(/\/logs$/);
      } else {
        const palette = page.getByRole("dialog", { name: "Command palette" });
        const field = palette.getByRole("combobox");
        await eventually(async () => assert.equal(await field.inputValue(), "log"));
        await page.keyboard.type("s");
        assert.equal(await field.inputValue(), "logs");
        await palette.getByRole("option", { name: /^Log/ }).first().waitFor();
      }
      assert.deepEqual(errors, []);
      await page.close();
    }
  },
});
