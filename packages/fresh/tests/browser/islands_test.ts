import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { createFreshProject } from "../support/fresh_project.ts";

const APP = new URL("../islands_app/", import.meta.url);

Deno.test({
  name: "islands share signals, keep prop types and contain elements, under a strict CSP",
  ignore: !hasChromium,
  async fn(t) {
    await using project = await createFreshProject(APP);
    await project.run("dev.ts", { args: ["build"] });
    await using server = await project.serve("main.ts");
    await using chromium = await startChromium();
    const { page, errors } = await chromium.newPage();
    const response = await page.goto(server.url);
    const text = async (selector: string) => await page.locator(selector).textContent();

    await t.step("every prop arrives with its type", async () => {
      await page.locator("#kinds").waitFor();
      assert.deepEqual((await text("#kinds"))?.split("\n"), [
        'map: Map [["a",1]]',
        "set: Set [1,2]",
        "url: URL https://example.org/a?b",
        "expression: RegExp /x+/gi",
        "bytes: Uint8Array 1,2,255",
        "big: BigInt 123456789012345678901234567890",
        "notANumber: Number NaN",
        "infinite: Number -Infinity",
        "missing: Undefined undefined",
        "date: Date 0",
        "circle: true",
      ]);
    });

    await t.step(
      "a signal passed to two islands is shared; a computed one keeps its value",
      async () => {
        assert.equal(await text("#sum"), "1/2");
        await page.click("#add");
        await page.locator("#sum", { hasText: "2/2" }).waitFor();
      },
    );

    await t.step("elements passed to an island are kept, and islands in them hydrate", async () => {
      assert.equal(await text("#shown .from-server"), "given");
      await page.locator("#inside-shown", { hasText: "2/2" }).waitFor();
      await page.click("#shown button");
      await page.locator("#shown .from-server").waitFor({ state: "detached" });
      await page.click("#shown button");
      assert.equal(await text("#shown .from-server"), "given");
      assert.equal(await text("#inside-shown"), "2/2");
    });

    await t.step(
      "elements that an island did not render initially appear when it does",
      async () => {
        assert.equal(await page.locator("#hidden .from-server").count(), 0);
        await page.click("#hidden button");
        assert.equal(await text("#hidden .from-server"), "kept");
        assert.equal(await page.locator("#hidden #nested .nested").isChecked(), true);
        await page.click("#add");
        await page.locator("#inside-hidden", { hasText: "3/2" }).waitFor();
      },
    );

    await t.step("all inline scripts have the page's nonce", async () => {
      const policy = response?.headers()["content-security-policy"] ?? "";
      assert.match(policy, /script-src 'self' 'nonce-\w+'/);
      assert.doesNotMatch(policy, /unsafe-inline/);
      const inline = page.locator("script:not([src])");
      assert.equal(await inline.count(), 1);
      const color = await page.locator("h1").evaluate((heading) => getComputedStyle(heading).color);
      assert.equal(color, "rgb(1, 2, 3)");
      assert.deepEqual(errors, []);
    });
  },
});
