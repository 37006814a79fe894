import assert from "node:assert/strict";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { startMillrace } from "../support/millrace.ts";
import { articleLine, configure, importLines, shows } from "../support/overview.ts";

Deno.test({
  name: "a page resists cross-site requests and lost messages, and shows times, metrics and health",
  ignore: !hasChromium,
  async fn(t) {
    await using millrace = await startMillrace({ env: { MILLRACE_POISON: "on" } });
    await using chromium = await startChromium();
    const { page } = await chromium.newPage({ locale: "en-US" });
    await configure(millrace, { retry_max: 0 });
    await importLines(millrace, [articleLine(1), articleLine(2, true)]);

    await t.step("lost or late statuses do not corrupt the numbers", async () => {
      let count = 0;
      let held: string | null = null;
      await page.routeWebSocket("**/ws/processor-status", (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) => {
          count++;
          // Of every three statuses, one is lost and one is delivered out of order.
          if (count % 3 === 1) return;
          if (count % 3 === 2) return void (held = String(message));
          socket.send(message);
          if (held !== null) socket.send(held);
        });
      });
      await page.goto(millrace.url);
      for (const round of [1, 2, 3]) {
        const articles = Array.from({ length: 100 }, (_, n) => articleLine(round * 100 + n));
        await importLines(millrace, articles);
      }
      await shows(page, "processed_total", "301");
      await shows(page, "queue_pending", "0");
    });

    await t.step("the time of each stage is shown for all articles and for each node", async () => {
      for (const path of ["/", "/workers"]) {
        await page.goto(millrace.url + path);
        const stages = page.locator(".stages").first();
        await stages.waitFor();
        assert.match(
          (await stages.innerText()).replace(/\s+/g, " "),
          /^Where the time goes Load \d+% Clean \d+% Pinyin \d+% Save \d+%$/,
        );
      }
    });

    await t.step("filter tokens are completed while typing", async () => {
      await page.goto(`${millrace.url}/failures`);
      const offered = await page.locator("#failure-tokens option").evaluateAll(
        (options) => options.map((option) => option.getAttribute("value")),
      );
      for (const token of ["reason:threw", "group:default", "source:test"]) {
        assert.ok(offered.includes(token), `${token} is not in ${offered}`);
      }
    });

    await t.step("metrics and both health checks are linked", async () => {
      await page.goto(`${millrace.url}/metrics`);
      const text = await page.locator("body").innerText();
      assert.match(text, /^millrace_\w*failed\w*_total(\{[^}]*\})? 1$/m);
      for (const path of ["/healthz", "/readyz"]) {
        assert.equal((await page.goto(millrace.url + path))?.status(), 200);
      }
    });

    await t.step(
      "a cross-site form is rejected, and no injected script runs",
      async () => {
        await using other = Deno.serve(
          { port: 0, hostname: "127.0.0.1", onListen() {} },
          () =>
            new Response(
              `<form method="post" action="${millrace.url}/actions/stop"><button>Win</button></form>`,
              { headers: { "content-type": "text/html" } },
            ),
        );
        await page.goto(`http://127.0.0.1:${other.addr.port}`);
        const refused = page.waitForResponse((response) =>
          response.url().endsWith("/actions/stop")
        );
        await page.getByRole("button", { name: "Win" }).click();
        assert.equal((await refused).status(), 403);
        await page.goto(millrace.url);
        await shows(page, "running", "Keeping up");
        const ran = await page.evaluate(() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'ran'";
          document.body.append(script);
          return document.title;
        });
        assert.notEqual(ran, "ran");
      },
    );

    await t.step("a state change is announced to screen readers", async () => {
      await millrace.fetch("/api/processor/stop", { method: "POST" });
      await shows(page, "spoken", /^Stopped: .* 0 waiting, 0 to retry, 1 dead letter\.$/);
    });
  },
});
