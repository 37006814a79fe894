import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible } from "../support/axe_everywhere.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test({
  name: "a rule is created, tested on the past week, saved, and marked on every page when it fires",
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
      await page.getByRole("button", { name: "Try on the past week" }).click();
      await page.getByText(/^Would not have fired/).first().waitFor();
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

    await t.step(
      "a refused target keeps what was typed, with the reason at its field",
      async () => {
        await page.goto(`${millrace.url}/alerts`);
        const form = page.locator(".target-form");
        await form.getByLabel("Name").fill("ops");
        await form.getByLabel("Kind").selectOption("slack");
        await form.getByLabel("Address").fill("https://elsewhere.example/hook");
        await form.getByLabel("Signing key").fill("a key");
        await form.getByRole("button", { name: "Add" }).click();
        await form.getByText("ALERT_HOSTS does not name elsewhere.example").waitFor();
        const address = form.locator("input[name=url]:focus[aria-invalid=true]");
        assert.equal(await address.inputValue(), "https://elsewhere.example/hook");
        assert.equal(await form.locator("input[name=name]").inputValue(), "ops");
        assert.equal(await form.locator("select[name=kind]").inputValue(), "slack");
        assert.equal(await form.locator("input[name=secret]").inputValue(), "a key");
      },
    );

    await t.step("a refused rule keeps what was typed, with the reason at its field", async () => {
      await page.goto(`${millrace.url}/alerts?rule=new`);
      const form = page.locator(".rule-form");
      await form.getByLabel("Threshold").fill("1e1");
      await form.getByLabel("Duration in seconds").fill("7");
      await form.getByLabel("Name", { exact: true }).fill("Another");
      for (const name of ["Try on the past week", "Save"]) {
        await form.getByRole("button", { name }).click();
        await form.getByText("Threshold must be a number from 0").waitFor();
        const field = form.locator("input[name=threshold]:focus[aria-invalid=true]");
        assert.equal(await field.inputValue(), "1e1");
        assert.equal(await form.getByLabel("Duration in seconds").inputValue(), "7");
      }
      await form.getByLabel("Threshold").fill("2.5");
      await form.getByLabel("Name", { exact: true }).fill("A backlog");
      await form.getByRole("button", { name: "Save" }).click();
      await form.getByText("There is a rule named A backlog already").waitFor();
      assert.equal(await form.getByLabel("Threshold").inputValue(), "2.5");
    });

    await t.step("axe-core finds no violations", async () => {
      const heading = (each: Page) => each.getByRole("heading", { level: 1 }).waitFor();
      await assertAccessible(chromium, `${millrace.url}/alerts?rule=1`, heading);
      await assertAccessible(chromium, `${millrace.url}/events`, heading);
    });
    assert.deepEqual(errors.filter((each) => !/status of 400/.test(each)), []);
  },
});
