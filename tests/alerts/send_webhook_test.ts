import assert from "node:assert/strict";
import { connectionFailure } from "../../lib/alerts/connection_failure.ts";
import { sendWebhook } from "../../lib/alerts/send_webhook.ts";
import { wordMessage } from "../../lib/i18n/refusals/word_message.ts";
import { makeCertificates } from "../support/certificates.ts";

const SECRET_PATH = "a-secret-path";
const send = (address: string) =>
  sendWebhook(
    { url: `${address}/${SECRET_PATH}`, headers: {}, body: "{}" },
    new AbortController().signal,
  );
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

/** A server that responds with a text. */
function serve(respond: () => Response, tls: Partial<Deno.TlsCertifiedKeyPem> = {}) {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {}, ...tls }, respond);
}

Deno.test("a message that cannot be sent names the cause without the secret address", async () => {
  await using certificates = await makeCertificates();
  const { serverCert, serverKey } = certificates;
  await using plain = serve(() => new Response(null));
  await using secure = serve(() => new Response(null), {
    cert: await Deno.readTextFile(serverCert),
    key: await Deno.readTextFile(serverKey),
  });
  using closing = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closed = closing.accept().then((connection) => connection.close());
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr;
  free.close();

  const expected: [address: string, error: string][] = [
    [`http://127.0.0.1:${port}`, `127.0.0.1:${port} refuses the connection`],
    ["http://no-such-name.invalid", "There is no address for the name no-such-name.invalid"],
    [
      `https://127.0.0.1:${secure.addr.port}`,
      `The certificate of 127.0.0.1:${secure.addr.port} is not trusted: UnknownIssuer`,
    ],
    [
      `https://127.0.0.1:${plain.addr.port}`,
      `127.0.0.1:${plain.addr.port} does not speak TLS, which https:// needs`,
    ],
    [
      `http://127.0.0.1:${closing.addr.port}`,
      `127.0.0.1:${closing.addr.port} closed the connection without a response`,
    ],
  ];
  for (const [address, error] of expected) {
    const result = await send(address);
    assert.deepEqual(result, { delivered: false, status: null, error });
    assert.ok(isChinese(wordMessage("zh", error)), error);
  }
  await closed;
});

Deno.test("a timeout, and a cause that is not known, are named, too", () => {
  const late = connectionFailure(new DOMException("x", "TimeoutError"), "example.org", 10);
  assert.equal(late, "example.org did not respond within 10 s");
  assert.ok(isChinese(wordMessage("zh", late)));
  const url = `http://example.org/${SECRET_PATH}`;
  const cause = new Error(`error sending request for url (${url}): client error (Connect): odd`);
  const odd = connectionFailure(new TypeError("fetch failed", { cause }), "example.org", 10);
  assert.equal(odd, "example.org cannot be reached: odd");
  const other = new Error(`error sending request for url (${url})`);
  const unknown = connectionFailure(new TypeError("fetch failed", { cause: other }), "a.org", 10);
  assert.equal(unknown, "a.org cannot be reached: fetch failed");
});

Deno.test("a refusal has the status and the first line of the body's text", async () => {
  const bodies: [body: string | null, error: string][] = [
    [null, "HTTP 503"],
    ["no such hook\nsecond line", "HTTP 503: no such hook"],
    ["<html>\n<h1>503 Unavailable</h1>\n</html>", "HTTP 503: 503 Unavailable"],
    ["a\u0000b", "HTTP 503: a b"],
  ];
  for (const [body, error] of bodies) {
    await using server = serve(() => new Response(body, { status: 503 }));
    const result = await send(`http://127.0.0.1:${server.addr.port}`);
    assert.deepEqual(result, { delivered: false, status: 503, error });
  }
});
