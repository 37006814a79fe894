import assert from "node:assert/strict";
import { App, HttpError } from "fresh";
import { hideBuildReport } from "../../lib/http/hide_build_report.ts";

Deno.test("the bundler's report is not found, however its path is written", async () => {
  const serve = new App()
    .onError("*", ({ error }) => {
      return new Response(null, { status: error instanceof HttpError ? error.status : 500 });
    })
    .use(hideBuildReport)
    .all("*", () => new Response("served"))
    .handler();
  const status = async (path: string) =>
    (await serve(new Request(`http://localhost${path}`))).status;

  for (
    const path of [
      "/_fresh/js/0a1b/metafile.json",
      "/millrace/_fresh/js/0a1b/metafile.json",
      "/_fresh/js/0a1b/meta%66ile%2Ejson?x",
      "/_fresh/js%2f0a1b%2fmetafile.json/",
      "//_fresh//js/0a1b//metafile.json",
    ]
  ) assert.equal(await status(path), 404, path);
  for (const path of ["/_fresh/js/0a1b/Overview.js", "/metafile.json"]) {
    assert.equal(await status(path), 200, path);
  }
});
