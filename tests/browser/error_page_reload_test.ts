import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";

Deno.test({
  name: "the page of an outage loads itself again without scripts, and opens where the person was",
  ignore: !hasChromium || !hasPostgres,
  async fn() {
    await using server = await startPostgres();
    await using node = await startMillrace({ env: { DATABASE_URL: server.url } });
    await using chromium = await startChromium();
    const options = { locale: "en-US", javaScriptEnabled: false };
    const { page } = await chromium.newPage(options);
    await server.kill();
    const address = `${node.url}/failures?state=dead`;
    await page.goto(address);
    await page.getByRole("heading", { name: "Temporarily unavailable" }).waitFor();
    await page.getByText("tries again every 5 s").waitFor();

    const form = new URLSearchParams({ do: "muteAll" });
    const sent = await node.fetch("/alerts", {
      method: "POST",
      body: form,
      headers: { "accept-language": "zh-CN", origin: node.url },
    });
    assert.equal(sent.status, 503);
    assert.deepEqual([sent.headers.get("refresh"), sent.headers.get("retry-after")], [null, "5"]);
    assert.match(await sent.text(), /提交的内容可能没有生效/);

    await server.start();
    await page.getByRole("heading", { name: "Nothing has failed" }).or(
      page.getByRole("heading", { name: "Failures" }),
    ).first().waitFor({ timeout: 60_000 });
    assert.equal(page.url(), address);
  },
});
