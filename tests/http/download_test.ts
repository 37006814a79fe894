import assert from "node:assert/strict";
import { csvDownload, jsonDownload } from "../../lib/http/download.ts";

async function* rows<Row>(...all: Row[]) {
  yield* all;
}

Deno.test("csvDownload() quotes fields and escapes spreadsheet formulas", async () => {
  const response = await csvDownload(
    "failures",
    ["id", "title"],
    rows(
      { id: 1, title: 'a "b", c\nd' },
      { id: -2, title: "=1+1" },
      { id: 3, title: null },
      { id: 4, title: "＝1" },
      { id: 5, title: "a;=1" },
    ),
  );
  assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(response.headers.get("content-disposition") ?? "", /filename="failures\.csv"/);
  const bytes = await response.bytes();
  assert.equal(
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    `\ufeffid,title\r\n1,"a ""b"", c\nd"\r\n-2,'=1+1\r\n3,\r\n4,'＝1\r\n5,"a;=1"\r\n`,
  );
});

Deno.test("jsonDownload() returns an array, which may be empty", async () => {
  const given = [{ id: 1, error: "汉" }, { id: 2, error: null }];
  assert.deepEqual(await (await jsonDownload("failures", rows(...given))).json(), given);
  assert.deepEqual(await (await jsonDownload("failures", rows())).json(), []);
});

Deno.test("a download streams its rows, and stops reading when the client disconnects", async () => {
  let read = 0;
  async function* endless() {
    for (;;) yield { id: read++, text: await Promise.resolve("x".repeat(1_000)) };
  }
  const reader = (await jsonDownload("failures", endless())).body!.getReader();
  assert.ok(((await reader.read()).value?.length ?? 0) > 0);
  await reader.cancel();
  const before = read;
  assert.ok(before < 1_000, `${before} rows were read`);
  await new Promise((resolve) => setTimeout(resolve));
  assert.ok(read - before < 200);
});

Deno.test("a download whose first rows cannot be read throws before the response", async () => {
  async function* broken() {
    yield { id: await Promise.reject(new Error("away")) };
  }
  await assert.rejects(jsonDownload("failures", broken()), /away/);
});
