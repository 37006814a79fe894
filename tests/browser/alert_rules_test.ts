import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test({
  name: "a rule is created, tested on last week, saved, and marked on every page when it fires",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage({ locale: "en-US" });

    await t.step("a new rule is tested without being saved", async () => {
      await page.goto(`${millrace.url}/alerts`);
      await page.getByRole("link", { name: "New rule" }).click();
      await page.getByLabel("Measure").selectOption({ label: "Backlog" });
      await page.getByLabel("Threshold").fill("0");
      await page.getByLabel("Duration in seconds").fill("0");
      await page.getByRole("button", { name: "Try on last week" }).click();
      await page.getByText("Would not have fired last week").first().waitFor();
      await page.getByText("No rules yet.").waitFor();
    });

    await t.step("a saved rule is listed in the table", async () => {
      await page.getByLabel("Name", { exact: true }).first().fill("A backlog");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("rowheader", { name: "A backlog" }).waitFor();
      await page.getByText("Saved.").waitFor();
    });

    await t.step("a firing rule is counted next to the link and can be acknowledged", async () => {
      await millrace.fetch("/api/processor/stop", { method: "POST" });
      const response = await millrace.fetch("/api/articles", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title: "One", content: "A paragraph that is long enough to keep." }),
      });
      await response.body?.cancel();
      await page.goto(`${millrace.url}/logs`);
      const link = page.getByRole("link", { name: /^Alerts/ });
      await link.getByText("1", { exact: true }).waitFor({ timeout: 60_000 });
      await link.click();
      await page.getByRole("heading", { name: "Backlog 1, above 0" }).waitFor();
      await page.getByRole("button", { name: "Acknowledge" }).click();
      await page.getByText("Done.").waitFor();
      await page.getByText(/acknowledged by/).waitFor();
    });

    await t.step("axe-core finds no violations", async () => {
      const heading = (each: Page) => each.getByRole("heading", { level: 1 }).waitFor();
      await assertAccessible(chromium, `${millrace.url}/alerts?rule=1`, heading);
      await assertAccessible(chromium, `${millrace.url}/events`, heading);
    });
    assert.deepEqual(errors, []);
  },
});
