import assert from "node:assert/strict";
import { csvDownload, jsonDownload } from "../../lib/http/download.ts";

async function* rows<Row>(...all: Row[]) {
  yield* all;
}

Deno.test("csvDownload() quotes what needs it, and defuses what a spreadsheet would run", async () => {
  const response = csvDownload(
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

Deno.test("jsonDownload() is an array, also of nothing", async () => {
  const given = [{ id: 1, error: "汉" }, { id: 2, error: null }];
  assert.deepEqual(await jsonDownload("failures", rows(...given)).json(), given);
  assert.deepEqual(await jsonDownload("failures", rows()).json(), []);
});

Deno.test("a download is sent while its rows are read, and stops them when nobody listens", async () => {
  let read = 0;
  async function* endless() {
    for (;;) yield { id: read++, text: await Promise.resolve("x".repeat(1_000)) };
  }
  const reader = jsonDownload("failures", endless()).body!.getReader();
  assert.ok(((await reader.read()).value?.length ?? 0) > 0);
  await reader.cancel();
  const before = read;
  assert.ok(before < 1_000, `${before} rows were read`);
  await new Promise((resolve) => setTimeout(resolve));
  assert.ok(read - before < 200);
});
