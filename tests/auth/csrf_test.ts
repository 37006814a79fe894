import assert from "node:assert/strict";
import { isChange, isSameOrigin, isUpgrade } from "../../lib/auth/csrf.ts";

const own = { host: "localhost:8000" };
const request = (headers: Record<string, string> = {}, url = "http://localhost:8000/") =>
  new Request(url, { headers });

Deno.test("a request without an Origin is allowed", () => {
  assert.equal(isSameOrigin(request(), own, []), true);
});

Deno.test("the same host and port are the same origin, also behind a TLS proxy", () => {
  assert.equal(isSameOrigin(request({ origin: "http://localhost:8000" }), own, []), true);
  assert.equal(
    isSameOrigin(request({ origin: "https://feed.example" }), { host: "feed.example" }, []),
    true,
  );
});

Deno.test("any other page is cross-origin", () => {
  const others = [
    "http://evil.example",
    "http://localhost:8001",
    "http://localhost",
    "http://localhost:8000.evil.example",
    "null",
    "",
    "no url",
  ];
  for (const origin of others) {
    assert.equal(isSameOrigin(request({ origin }), own, []), false, origin);
  }
});

Deno.test("without an Origin, Sec-Fetch-Site decides", () => {
  const accepts = (site: string, origin?: string) =>
    isSameOrigin(
      request({ "sec-fetch-site": site, ...(origin === undefined ? {} : { origin }) }),
      own,
      [],
    );
  assert.equal(accepts("same-origin"), true);
  assert.equal(accepts("none"), true);
  assert.equal(accepts("same-site"), false);
  assert.equal(accepts("cross-site"), false);
  assert.equal(accepts("same-origin", "null"), true);
  assert.equal(accepts("cross-site", "null"), false);
  assert.equal(accepts("same-origin", "http://evil.example"), false);
});

Deno.test("only safe methods do not change state", () => {
  const isChanging = (method: string) => isChange(new Request("http://localhost/", { method }));
  assert.deepEqual(["GET", "HEAD", "OPTIONS"].filter(isChanging), []);
  const changing = ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"];
  assert.deepEqual(changing.filter(isChanging), changing);
});

Deno.test("a WebSocket handshake is detected by its Upgrade header, case-insensitively", () => {
  assert.equal(isUpgrade(request({ upgrade: "WebSocket" })), true);
  assert.equal(isUpgrade(request({ upgrade: "h2c" })), false);
  assert.equal(isUpgrade(request()), false);
});

const publicUrls = [new URL("https://one.example/millrace"), new URL("https://two.example:8443")];

Deno.test("a page of a public address is same-origin, whatever Host the proxy sends", () => {
  const from = (origin: string) => isSameOrigin(request({ origin }), own, publicUrls);
  assert.equal(from("https://one.example"), true);
  assert.equal(from("https://two.example:8443"), true);
  assert.equal(from("http://one.example"), false);
  assert.equal(from("https://two.example"), false);
  assert.equal(from("https://one.example.evil.example"), false);
});
