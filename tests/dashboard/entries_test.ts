import assert from "node:assert/strict";
import { entriesFor } from "../../lib/dashboard/entries.ts";
import { LANGUAGES } from "../../lib/i18n/language.ts";

const idsFor = (visitor: Parameters<typeof entriesFor>[0]) =>
  entriesFor(visitor).map(({ id }) => id);

Deno.test("an administrator is offered every page and every action", () => {
  const ids = idsFor({ language: "en", mayAct: true, signsOut: true });
  const pages = [
    "overview",
    "failures",
    "articles",
    "workers",
    "logs",
    "import",
    "settings",
    "wall",
  ];
  const actions = ["start", "stop", "retry", "clear"];
  const looks = ["themeSystem", "themeLight", "themeDark", "speakChinese"];
  for (const id of [...pages, ...actions, ...looks, "search", "keys", "signOut"]) {
    assert.ok(ids.includes(id), id);
  }
});

Deno.test("a viewer is offered nothing that would be refused, and nobody a session's end without one", () => {
  const viewer = idsFor({ language: "en", mayAct: false, signsOut: true });
  for (const id of ["start", "stop", "retry", "clear", "import"]) {
    assert.ok(!viewer.includes(id), id);
  }
  assert.ok(viewer.includes("signOut"));
  assert.ok(!idsFor({ language: "en", mayAct: true, signsOut: false }).includes("signOut"));
});

Deno.test("the language that is offered is the other one", () => {
  assert.ok(idsFor({ language: "zh", mayAct: true, signsOut: true }).includes("speakEnglish"));
});

Deno.test("no keys stand for two entries, nor begin those of another", () => {
  for (const language of LANGUAGES) {
    const entries = entriesFor({ language, mayAct: true, signsOut: true });
    const keys = entries.flatMap((entry) => entry.keys ?? []);
    assert.equal(new Set(keys).size, keys.length);
    for (const each of keys) {
      assert.deepEqual(keys.filter((other) => other.startsWith(`${each} `)), []);
    }
  }
});
