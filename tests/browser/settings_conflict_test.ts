import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { configure } from "../support/overview.ts";

const inEnglish = { locale: "en-US" };

async function settings(millrace: Millrace) {
  return (await (await millrace.fetch("/api/processor/config")).json()).data;
}

const number = (page: Page, name: string) => page.getByRole("spinbutton", { name });

Deno.test({
  name:
    "a save names what someone else changed meanwhile, keeps what was typed, and then replaces it",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace();
    await using chromium = await startChromium();

    await t.step("with scripts", async () => {
      const { page } = await chromium.newPage(inEnglish);
      await page.goto(`${millrace.url}/settings`);
      const retries = number(page, "Maximum retries");
      // The page does not hear of the change before its save.
      await page.route("**/api/processor/changes", (route) => route.abort());
      await retries.fill("7");
      await configure(millrace, { retry_max: 9 });
      await page.unroute("**/api/processor/changes");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText(/changed this to 9 at .+; saving replaces that/).waitFor();
      assert.equal(await retries.inputValue(), "7");
      await page.getByRole("button", { name: "Save" }).click();
      await eventually(async () => assert.equal((await settings(millrace)).retry_max, 7));
    });

    await t.step("without scripts", async () => {
      const { page } = await chromium.newPage({ ...inEnglish, javaScriptEnabled: false });
      await page.goto(`${millrace.url}/settings`);
      await number(page, "Maximum retries").fill("4");
      await number(page, "Articles in a batch").fill("60");
      await configure(millrace, { retry_max: 8 });
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText(/admin.* has changed Maximum retries meanwhile/).last().waitFor();
      assert.equal(await number(page, "Maximum retries").inputValue(), "4");
      const { retry_max, batch_size } = await settings(millrace);
      assert.deepEqual([retry_max, batch_size], [8, 50], "nothing is saved");
      await page.getByRole("button", { name: "Save" }).click();
      const after = await settings(millrace);
      assert.deepEqual([after.retry_max, after.batch_size], [4, 60]);
    });

    await t.step("through the API, only a change that names its base is refused", async () => {
      const put = (body: unknown) =>
        millrace.fetch("/api/processor/config", {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      const outdated = await put({ retry_max: 5, base: { retry_max: 3 } });
      assert.equal(outdated.status, 409);
      const { message, code } = await outdated.json();
      assert.match(message, /^admin.* has changed retry_max meanwhile$/);
      assert.equal(code, "settings_changed");
      assert.equal((await settings(millrace)).retry_max, 4);
      const neverSet = await put({ most_waiting: 60, base: { most_waiting: 51 } });
      assert.equal(neverSet.status, 409);
      assert.equal((await neverSet.json()).message, "most_waiting is 0, not 51");
      for (
        const [body, refusal] of [
          [
            { reading_words: ["行"], reading_styles_by_group: ["2"] },
            "reading_styles_by_group[0] must look like 2 none, 15 marks",
          ],
          [
            { reading_words: ["行(xyz)业"] },
            "reading_words[0] has the reading xyz, which is not a syllable of pinyin",
          ],
          [{ reading_words: ["大城", "-大城"] }, "reading_words[1] contradicts line 1"],
          [
            { reading_styles_by_group: ["1 none", "01 plain"] },
            "reading_styles_by_group[1] contradicts line 1",
          ],
          [
            { reading_styles_by_group: ["999 none"] },
            "reading_styles_by_group[0] names group 999, which does not exist",
          ],
        ] as const
      ) {
        const refused = await put(body);
        assert.deepEqual([refused.status, (await refused.json()).message], [400, refusal]);
      }
      await (await put({ time_zone: "asia/shanghai" })).body?.cancel();
      assert.equal((await settings(millrace)).time_zone, "Asia/Shanghai");
      assert.equal((await put({ retry_max: 5, base: { retry_max: 4 } })).status, 200);
      assert.equal((await put({ retry_max: 6 })).status, 200);
      assert.equal((await settings(millrace)).retry_max, 6);
    });
  },
});
