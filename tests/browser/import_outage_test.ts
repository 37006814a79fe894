import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine } from "../support/overview.ts";

Deno.test({
  name: "queued files go on by themselves when the server is back, and leaving the page asks",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });
    await page.goto(`${millrace.url}/import`);
    const names = ["one.jsonl", "two.jsonl", "three.jsonl"];
    const files = names.map((name, index) => ({
      name,
      mimeType: "application/jsonl",
      buffer: Buffer.from(articleLine(index)),
    }));
    const job = (name: string) => page.locator(".import-job", { hasText: name });
    // The headless shell closes a page without a dialog.
    const asks = () =>
      page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
    const done = async (name: string) => {
      assert.equal(await job(name).locator('[data-field="accepted"] dd').textContent(), "1");
    };

    await t.step(
      "while the server is away, the first file waits for it, and the rest for that",
      async () => {
        await millrace.kill();
        await page.getByLabel("Choose files").setInputFiles(files);
        await job("one.jsonl").getByText("no answer from the server. It goes on by itself")
          .waitFor();
        await job("two.jsonl").getByText("Queued").waitFor();
      },
    );

    await t.step("each is sent when it is back", async () => {
      await millrace.start();
      for (const name of names) await done(name);
    });

    await t.step(
      "leaving the page asks while files are queued, and names them afterwards",
      async () => {
        await millrace.kill();
        await page.getByLabel("Choose files").setInputFiles([
          { ...files[0]!, name: "four.jsonl" },
          { ...files[0]!, name: "five.jsonl" },
        ]);
        await job("four.jsonl").getByText("It goes on by itself").waitFor();
        assert.equal(await asks(), true);
        // Blocked, so that nothing of the queue is sent before the reload.
        await page.route("**/api/imports?*", (route) => route.abort());
        await millrace.start();
        page.once("dialog", (asked) => asked.accept());
        await page.reload();
        await page.getByText(/^Not sent before the page was left: five.jsonl, four.jsonl/)
          .waitFor();
        await page.unroute("**/api/imports?*");
        await page.getByLabel("Choose files").setInputFiles([{ ...files[0]!, name: "four.jsonl" }]);
        await page.getByText(/^Not sent before the page was left: five.jsonl\./).waitFor();
      },
    );
  },
});
