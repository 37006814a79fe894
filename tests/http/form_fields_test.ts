import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { formFields } from "../../lib/http/form_fields.ts";
import { longestStall } from "../support/longest_stall.ts";

const MAX_BYTES = 16 * 1024 * 1024;
const MULTIPART = "multipart/form-data; boundary=x";

/** Reads a form of bytes as a client would send them. */
async function read(body: string | Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const headers = { "content-type": type, "content-length": String(bytes.length) };
  return await formFields(
    new Request("http://a/", { method: "POST", body: bytes, headers }),
    MAX_BYTES,
  );
}

function part(name: string, value: string): string {
  return `--x\r\nContent-Disposition: form-data; ${name}\r\n\r\n${value}\r\n`;
}

function isUnreadable(error: unknown): boolean {
  return error instanceof HttpError && error.status === 400 &&
    error.message === "The form cannot be read";
}

Deno.test("a form with files is read as the runtime writes it", async () => {
  const form = new FormData();
  form.append("text", "多行\r\n--x");
  form.append("empty", "");
  form.append("text", "again");
  form.append('a "quoted"\r\nname', "c");
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  form.append("file", new File([bytes], '新 "文章".jsonl', { type: "application/x-ndjson" }));
  form.append("none", new File([], ""));
  const sent = new Response(form);
  const received = await read(await sent.bytes(), sent.headers.get("content-type")!);
  assert.deepEqual([...received.keys()], [...form.keys()]);
  assert.deepEqual(received.getAll("text"), form.getAll("text"));
  assert.equal(received.get("empty"), "");
  const file = received.get("file");
  assert.ok(file instanceof File);
  assert.deepEqual([file.name, file.type], ['新 "文章".jsonl', "application/x-ndjson"]);
  assert.deepEqual(await file.bytes(), bytes);
  assert.equal((received.get("none") as File).size, 0);
});

Deno.test("a preamble, a quoted boundary and a part without a line break are accepted", async () => {
  const body = `preamble\r\n${part('name="a"', "1")}${part('name="b"', "")}--x--\r\nepilogue`;
  for (const type of [MULTIPART, 'multipart/form-data; charset=utf-8; boundary="x"']) {
    assert.deepEqual([...await read(body, type)], [["a", "1"], ["b", ""]]);
  }
  const bare = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n--x--';
  assert.deepEqual([...await read(bare, MULTIPART)], [["a", ""]]);
});

Deno.test("a form in a URL's encoding is read", async () => {
  const type = "application/x-www-form-urlencoded;charset=UTF-8";
  assert.deepEqual([...await read("a=%E4%B8%AD+b&a=2&c", type)], [["a", "中 b"], ["a", "2"], [
    "c",
    "",
  ]]);
});

Deno.test("a malformed form is rejected, and one with too many fields", async () => {
  const named = part('name="a"', "1");
  for (
    const body of [
      "",
      "--x",
      named,
      `${named}--x`,
      `${named}--y--`,
      `${part("nothing", "1")}--x--`,
      `--x\r\ncontent-disposition: form-data; name="a"\r\n${named}--x--`,
      `${named.repeat(5_001)}--x--`,
    ]
  ) {
    await assert.rejects(read(body, MULTIPART), isUnreadable, body.slice(0, 100));
  }
  await read(`${named.repeat(5_000)}--x--`, MULTIPART);
  await assert.rejects(read(named, "multipart/form-data"), isUnreadable);
  await assert.rejects(read("a=1", "text/plain"), isUnreadable);
  const urlEncoded = "application/x-www-form-urlencoded";
  await assert.rejects(read("a&".repeat(5_000), urlEncoded), isUnreadable);
  await read("a&".repeat(4_999), urlEncoded);
});

for (
  const [what, type, body] of [
    ["a large file", MULTIPART, `${part('name="f"; filename="f"', "-".repeat(8_000_000))}--x--`],
    ["many parts", MULTIPART, `${part('name="a"', "1").repeat(100_000)}--x--`],
    ["many fields", "application/x-www-form-urlencoded", "a=b&".repeat(500_000)],
  ] as const
) {
  Deno.test(`a form of ${what} does not hold the event loop`, async () => {
    // The runtime's own parser took from 130 ms to 1.5 s.
    const bytes = new TextEncoder().encode(body);
    const stall = await longestStall(() => read(bytes, type).catch(() => {}));
    assert.ok(stall < 60, `the event loop was held for ${stall} ms`);
  });
}
