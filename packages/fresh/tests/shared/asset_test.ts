import assert from "node:assert/strict";
import { asset, assetSrcSet } from "../../shared/asset.ts";
import { getBuildId, setBuildId } from "../../shared/build_id.ts";

Deno.test("asset() puts the build's id into paths of this origin only", () => {
  const before = getBuildId();
  setBuildId("abc");
  try {
    assert.equal(asset("/page.css"), "/page.css?__frsh_c=abc");
    assert.equal(asset("/icon.svg?v=1#part"), "/icon.svg?v=1&__frsh_c=abc#part");
    assert.equal(asset("/page.css?__frsh_c=old"), "/page.css?__frsh_c=old");
    assert.equal(asset("page.css"), "page.css");
    assert.equal(asset("//other.example/page.css"), "//other.example/page.css");
    assert.equal(
      assetSrcSet("/a.png 1x, b.png 2x,/c.png"),
      "/a.png?__frsh_c=abc 1x, b.png 2x,/c.png?__frsh_c=abc",
    );
    assert.equal(assetSrcSet("/a.png,"), "/a.png,");
    assert.equal(asset("https://other.example/page.css"), "https://other.example/page.css");
  } finally {
    setBuildId(before);
  }
});
