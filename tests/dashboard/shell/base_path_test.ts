import assert from "node:assert/strict";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { below, setBasePath, withoutBase } from "../../../lib/dashboard/shell/base_path.ts";
import { parseBasePath } from "../../../lib/runtime/parse_base_path.ts";

/** Runs with a base path, and restores the previous one. */
function served(path: string, run: () => void) {
  setBasePath(path);
  try {
    run();
  } finally {
    setBasePath("");
  }
}

Deno.test("an application URL gets the base path once", () => {
  served("/millrace", () => {
    assert.equal(below("/"), "/millrace/");
    assert.equal(below("/logs?q=x"), "/millrace/logs?q=x");
    assert.equal(below(below("/logs")), "/millrace/logs");
    assert.equal(below("/millraces"), "/millrace/millraces");
    for (const other of ["https://a.example/", "//a.example/", "?q=x", "#content", "data:,x"]) {
      assert.equal(below(other), other);
    }
  });
  assert.equal(below("/logs"), "/logs");
});

Deno.test("a request's path is relative to the base path", () => {
  served("/a/b", () => {
    assert.equal(withoutBase("/a/b"), "/");
    assert.equal(withoutBase("/a/b/"), "/");
    assert.equal(withoutBase("/a/b/logs"), "/logs");
    assert.equal(withoutBase("/a/bc"), "/a/bc");
  });
  assert.equal(withoutBase("/logs"), "/logs");
});

Deno.test("links, forms and files of a page are under the base path", () => {
  const page = () =>
    render(h("div", null, [
      h("a", { href: "/logs" }),
      h("form", { action: "/sign-out" }),
      h("link", { href: "/styles.css" }),
      h("a", { href: "https://a.example/" }),
    ]));
  assert.match(page(), /href="\/logs"/);
  served("/millrace", () => {
    assert.equal(
      page(),
      '<div><a href="/millrace/logs"></a><form action="/millrace/sign-out"></form>' +
        '<link href="/millrace/styles.css"/><a href="https://a.example/"></a></div>',
    );
  });
});

Deno.test("a base path is normalized without a trailing slash", () => {
  assert.equal(parseBasePath("/millrace/"), "/millrace");
  assert.equal(parseBasePath(""), "");
  for (const wrong of ["millrace", "/a//b", "/a?b", "/a b", "/logs"]) {
    assert.throws(() => parseBasePath(wrong), RangeError, wrong);
  }
});

Deno.test("every island gets the base path", async () => {
  const folder = new URL("../../../islands/", import.meta.url);
  for await (const { name } of Deno.readDir(folder)) {
    const text = await Deno.readTextFile(new URL(name, folder));
    assert.match(
      text,
      /from "[./]*lib\/dashboard\/shell\/base_path\.ts"|import "[./]*lib\/dashboard\/shell\/base_path\.ts"/,
      name,
    );
  }
});
