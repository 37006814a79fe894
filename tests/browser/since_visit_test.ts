import assert from "node:assert/strict";
import { faultsOf } from "../support/axe.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US", bypassCSP: true };
const HOUR_MS = 3_600_000;

Deno.test({
  name: "the overview summarizes changes since this browser's last visit",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    const visit = (at: number) => ({ name: "visit", value: String(at), url: millrace.url });
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [1, 2, 3].map((number) => articleLine(number)));
    await importLines(millrace, [articleLine(4, true)]);

    await t.step("a first visit has no strip, and a reload is the same visit", async () => {
      const { page } = await chromium.newPage(inEnglish);
      for (const _ of ["first", "again"]) {
        await page.goto(millrace.url);
        await shows(page, "processed_total", "3");
        assert.equal(await page.locator(".since").count(), 0);
      }
      await page.close();
    });

    await t.step(
      "a later visit shows processed articles, new failures, and who changed what",
      async () => {
        for (const javaScriptEnabled of [true, false]) {
          const { page, errors } = await chromium.newPage({ ...inEnglish, javaScriptEnabled });
          await page.context().addCookies([visit(Date.now() - HOUR_MS)]);
          await page.goto(millrace.url);
          const strip = page.locator(".since");
          assert.match(await strip.textContent() ?? "", /^Since your last visit, /);
          assert.match(await strip.textContent() ?? "", /Finished \+3/);
          if (javaScriptEnabled) assert.deepEqual(await faultsOf(page), []);

          await strip.getByRole("link", { name: /1 change by / }).click();
          await page.waitForURL(/\/events/);
          assert.match(
            await page.locator("main").textContent() ?? "",
            /changed settings: Maximum retries/,
          );
          await page.goBack();
          await strip.getByRole("link", { name: "1 new cause of failure" }).click();
          await page.waitForURL(/\/failures\?cause=/);
          assert.match(await page.locator("main").textContent() ?? "", /Article 4/);
          await page.goBack();

          await strip.getByRole("button", { name: "Got it" }).click();
          await strip.waitFor({ state: "detached" });
          await page.reload();
          assert.equal(await strip.count(), 0);
          assert.deepEqual(errors, []);
          await page.close();
        }
      },
    );

    await t.step("it is translated into Chinese", async () => {
      const { page } = await chromium.newPage({ locale: "zh-CN" });
      await page.context().addCookies([visit(Date.now() - 31 * 60_000)]);
      await page.goto(millrace.url);
      assert.match(await page.locator(".since").textContent() ?? "", /你上次查看以来.*完成 \+3/);
      await page.close();
    });
  },
});
