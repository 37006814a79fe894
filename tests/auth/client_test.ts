import assert from "node:assert/strict";
import { readClient, wasForwarded } from "../../lib/auth/client.ts";
import { parseAddresses } from "../../lib/runtime/addresses.ts";

const trustedProxies = parseAddresses(["127.0.0.1", "10.0.0.0/8"]);
const publicUrls: URL[] = [];

function read(peer: string, headers: Record<string, string>, urls = publicUrls) {
  const info: Deno.ServeHandlerInfo = {
    remoteAddr: { transport: "tcp", hostname: peer, port: 4_000 },
    completed: Promise.resolve(),
  };
  const request = new Request("http://upstream:8000/", { headers });
  return readClient(request, info, false, { trustedProxies, publicUrls: urls });
}

const spoofed = {
  "x-forwarded-for": "198.51.100.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "one.example",
  forwarded: "for=198.51.100.9;proto=https;host=one.example",
};

Deno.test("forwarded headers from an untrusted peer are ignored", () => {
  assert.deepEqual(read("203.0.113.7", spoofed), {
    address: "203.0.113.7",
    host: "upstream:8000",
    scheme: "http",
    viaTrustedProxy: false,
    isHttp10: false,
  });
});

Deno.test("forwarded headers from a trusted proxy are used", () => {
  assert.deepEqual(read("127.0.0.1", spoofed), {
    address: "198.51.100.9",
    host: "one.example",
    scheme: "https",
    viaTrustedProxy: true,
    isHttp10: false,
  });
});

Deno.test("the client is the last address that is not a proxy's; spoofed addresses before it are ignored", () => {
  const chain = "1.1.1.1, 198.51.100.9, 10.0.0.5";
  assert.equal(read("127.0.0.1", { "x-forwarded-for": chain }).address, "198.51.100.9");
  assert.equal(read("10.0.0.1", { "x-forwarded-for": "10.0.0.7" }).address, "10.0.0.7");
  assert.equal(read("127.0.0.1", {}).address, "127.0.0.1");
});

Deno.test("ports, brackets and IPv6 addresses are parsed, names are not", () => {
  const from = (list: string) => read("127.0.0.1", { "x-forwarded-for": list }).address;
  assert.equal(from("198.51.100.9:1234"), "198.51.100.9");
  assert.equal(from("[2001:db8:1:2:3::9]:1234"), "2001:db8:1:2::/64");
  assert.equal(from("2001:db8:1:2:3::9"), "2001:db8:1:2::/64");
  assert.equal(from("unknown"), "127.0.0.1");
  assert.equal(from("198.51.100.9, _hidden"), "127.0.0.1");
});

Deno.test("the standard header is the fallback", () => {
  const forwarded =
    'for="[2001:db8:1:2::9]:47";proto=https;host=one.example, for=10.0.0.5;proto=http';
  const { address, scheme, host } = read("127.0.0.1", { forwarded });
  assert.deepEqual({ address, scheme, host }, {
    address: "2001:db8:1:2::/64",
    scheme: "http",
    host: "upstream:8000",
  });
  const mixed = { forwarded: "for=1.1.1.1;host=evil.example", "x-forwarded-for": "198.51.100.9" };
  assert.equal(read("127.0.0.1", mixed).address, "198.51.100.9");
  assert.equal(read("127.0.0.1", mixed).host, "upstream:8000");
});

Deno.test("an invalid host or scheme is ignored", () => {
  const odd = { "x-forwarded-host": "a b/../", "x-forwarded-proto": "javascript" };
  const { host, scheme } = read("127.0.0.1", odd);
  assert.deepEqual({ host, scheme }, { host: "upstream:8000", scheme: "http" });
});

Deno.test("a public https address is secure, even if the proxy does not declare it", () => {
  assert.equal(read("203.0.113.7", {}, [new URL("https://upstream:8000")]).scheme, "https");
  assert.equal(read("203.0.113.7", {}, [new URL("http://upstream:8000")]).scheme, "http");
});

Deno.test("a forwarded request is detected", () => {
  const came = (headers: Record<string, string>, isHttp10 = false) =>
    wasForwarded(new Request("http://localhost/", { headers }), { isHttp10 });
  for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via", "cf-connecting-ip"]) {
    assert.equal(came({ [name]: "x" }), true, name);
  }
  assert.equal(came({ "user-agent": "Mozilla/5.0 (X11)" }), false);
  assert.equal(came({}), false);
  assert.equal(came({}, true), true);
});
