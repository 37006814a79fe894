import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test({
  name: "axe-core finds no violations in the palette, the list of shortcuts and the wall view",
  ignore: !hasChromium,
  async fn() {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    await assertAccessible(chromium, `${millrace.url}/failures`, async (page) => {
      await page.locator('[data-link="live"]').waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: /Command palette|命令面板/ }).waitFor();
    });
    await assertAccessible(chromium, `${millrace.url}/failures`, async (page) => {
      await page.locator('[data-link="live"]').waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: /Keyboard shortcuts|键盘快捷键/ }).waitFor();
    });
    await assertAccessible(
      chromium,
      `${millrace.url}/?view=wall`,
      (page) => page.locator('[data-link="live"]').waitFor(),
    );
  },
});
