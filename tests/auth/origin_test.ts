import assert from "node:assert/strict";
import { hasLocalHost, isChange, isSameOrigin, isUpgrade } from "../../lib/auth/origin.ts";

const request = (headers: Record<string, string> = {}, url = "http://localhost:8000/") =>
  new Request(url, { headers });

Deno.test("this machine's names are local, every other name is not", () => {
  for (
    const host of ["localhost", "127.0.0.1", "127.8.9.1:9000", "[::1]:80", "millrace.localhost"]
  ) {
    assert.equal(hasLocalHost(request({}, `http://${host}/`)), true, host);
  }
  for (
    const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1"]
  ) {
    assert.equal(hasLocalHost(request({}, `http://${host}/`)), false, host);
  }
});

Deno.test("a program that names no origin is fine", () => {
  assert.equal(isSameOrigin(request()), true);
});

Deno.test("a page of the same host and port is of the same origin, also behind a proxy with TLS", () => {
  assert.equal(isSameOrigin(request({ origin: "http://localhost:8000" })), true);
  assert.equal(
    isSameOrigin(request({ origin: "https://feed.example" }, "http://feed.example/")),
    true,
  );
});

Deno.test("any other page is of another origin", () => {
  const others = [
    "http://evil.example",
    "http://localhost:8001",
    "http://localhost",
    "http://localhost:8000.evil.example",
    "null",
    "",
    "no url",
  ];
  for (const origin of others) assert.equal(isSameOrigin(request({ origin })), false, origin);
});

Deno.test("where the origin is not told, what the browser says of the site decides", () => {
  const told = (site: string, origin?: string) =>
    isSameOrigin(
      request({ "sec-fetch-site": site, ...(origin === undefined ? {} : { origin }) }),
    );
  assert.equal(told("same-origin"), true);
  assert.equal(told("none"), true);
  assert.equal(told("same-site"), false);
  assert.equal(told("cross-site"), false);
  assert.equal(told("same-origin", "null"), true);
  assert.equal(told("cross-site", "null"), false);
  assert.equal(told("same-origin", "http://evil.example"), false);
});

Deno.test("only reading methods change nothing", () => {
  const isChanging = (method: string) => isChange(new Request("http://localhost/", { method }));
  assert.deepEqual(["GET", "HEAD", "OPTIONS"].filter(isChanging), []);
  const changing = ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"];
  assert.deepEqual(changing.filter(isChanging), changing);
});

Deno.test("a WebSocket's handshake is known by its header, in any case", () => {
  assert.equal(isUpgrade(request({ upgrade: "WebSocket" })), true);
  assert.equal(isUpgrade(request({ upgrade: "h2c" })), false);
  assert.equal(isUpgrade(request()), false);
});
