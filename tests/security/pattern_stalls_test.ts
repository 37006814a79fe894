import assert from "node:assert/strict";
import { sendWebhook } from "../../lib/alerts/send_webhook.ts";
import { chooseTitle } from "../../lib/article/page/page_title.ts";
import { fingerprint } from "../../lib/article/fingerprint.ts";
import { longestStall } from "../support/longest_stall.ts";

/** The first took 1.5 s for a sixteenth of its length, the second 5 s. */
const MOST_STALL = 100;

Deno.test("a failure's message of opening quotes does not hold the event loop", async () => {
  const message = "「".repeat(256 * 1024);
  const stall = await longestStall(() =>
    Promise.resolve(fingerprint({ reason: "threw", message }))
  );
  assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
});

Deno.test("a webhook's response of opening brackets does not hold the event loop", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("<".repeat(64 * 1024), { status: 500 }),
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const send = () => sendWebhook({ url, headers: {}, body: "" }, new AbortController().signal);
  const { error } = await send();
  assert.match(error!, /^HTTP 500: <+$/);
  const stall = await longestStall(send);
  assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
});

Deno.test("a page's title of Chinese characters without an end does not hold the event loop", async () => {
  const title = "中".repeat(64 * 1024) + " - 某某";
  const sources = { declared: [], title, heading: "", site: null };
  const stall = await longestStall(() => Promise.resolve(chooseTitle(sources)));
  assert.ok(stall < MOST_STALL, `the event loop was held for ${stall} ms`);
});
