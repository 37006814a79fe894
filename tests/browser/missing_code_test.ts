import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";

const MISSING = /^A part of this page could not be loaded/;

Deno.test({
  name: "a page whose lazily loaded code is gone says so, as after an upgrade",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();

    await t.step("the charts", async () => {
      const { page, errors } = await chromium.newPage({
        locale: "en-US",
        viewport: { width: 1280, height: 320 },
      });
      await page.goto(millrace.url, { waitUntil: "networkidle" });
      await page.route("**/*.js", (route) => route.fulfill({ status: 404 }));
      await page.locator(".charts").evaluate((charts) => charts.scrollIntoView());
      await page.getByRole("alert").getByText(MISSING).waitFor();
      assert.equal(await page.locator(".charts").isVisible(), true);
      assert.deepEqual(errors.filter((error) => !error.includes("404")), []);
      await page.close();
    });

    await t.step("the palette", async () => {
      const { page, errors } = await chromium.newPage({ locale: "en-US" });
      await page.goto(`${millrace.url}/articles`, { waitUntil: "networkidle" });
      await page.route("**/*.js", (route) => route.fulfill({ status: 404 }));
      await page.keyboard.press("Control+k");
      await page.getByRole("alert").getByText(MISSING).waitFor();
      assert.deepEqual(errors.filter((error) => !error.includes("404")), []);
      await page.close();
    });
  },
});
