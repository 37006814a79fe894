import assert from "node:assert/strict";
import { faultsOf } from "../support/axe.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shows } from "../support/overview.ts";

const inEnglish = { locale: "en-US", bypassCSP: true };

Deno.test({
  name: "the palette finds articles, causes, nodes, groups and settings by their names",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [
      articleLine(1),
      articleLine(2, true),
      `${
        JSON.stringify({
          title: "Moonlight",
          content: "A paragraph that is long enough to be kept, whatever it contains.",
          group: "old-poems",
        })
      }\n`,
    ]);
    const { page, errors } = await chromium.newPage(inEnglish);
    await page.goto(millrace.url);
    await shows(page, "processed_total", "2");
    const palette = page.getByRole("dialog", { name: "Command palette" });

    async function type(text: string) {
      if (await palette.count() === 0) {
        await page.keyboard.press("Control+k");
        await palette.waitFor();
      }
      await palette.getByRole("combobox").fill(text);
    }

    await t.step("results show their kind and have no violations", async () => {
      await type("moon");
      const option = palette.getByRole("option", { name: /^\d+ Moonlight Article$/ });
      await option.waitFor();
      assert.deepEqual(await faultsOf(page), []);
    });

    await t.step("results are selected by keyboard", async () => {
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/articles\/\d+$/);
      assert.match(await page.locator("main").textContent() ?? "", /Moonlight/);
    });

    const finds = [
      ["poems", /^old-poems Group$/, /\/articles\?group=old-poems$/],
      ["it is poison", /Cause$/, /\/failures\?cause=/],
      ["time zone", /^Time zone Setting$/, /\/settings#time_zone$/],
      ["时限", /Setting$/, /\/settings#time_limit_seconds$/],
    ] as const;
    for (const [text, name, address] of finds) {
      await t.step(`“${text}” opens its page`, async () => {
        await type(text);
        await palette.getByRole("option", { name }).last().click();
        await page.waitForURL(address);
        await page.locator('[data-link="live"]').waitFor();
      });
    }

    await t.step("a node opens its card, an id its article", async () => {
      const status = await (await millrace.fetch("/api/processor/status")).json();
      const node: string = status.data.nodes[0].node;
      await type(node);
      await palette.getByRole("option", { name: `${node} Node` }).click();
      await page.waitForURL(/\/workers#node-/);
      const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
      assert.equal(await page.locator(`[id="${anchor}"]`).count(), 1);
      await type("1");
      await palette.getByRole("option", { name: /^1 Article 1 Article$/ }).click();
      await page.waitForURL(/\/articles\/1$/);
    });

    await t.step("without a result, it offers a search", async () => {
      await type("zzzz");
      await palette.getByText("No article, cause, node, group or setting has this name").waitFor();
      assert.equal(await palette.getByRole("option").count(), 2);
    });
    assert.deepEqual(errors, []);
  },
});
