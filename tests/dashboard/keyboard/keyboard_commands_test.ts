import assert from "node:assert/strict";
import { commandsFor } from "../../../lib/dashboard/keyboard/keyboard_commands.ts";
import { LANGUAGES } from "../../../lib/i18n/language.ts";

const idsFor = (actor: Parameters<typeof commandsFor>[0]) => commandsFor(actor).map(({ id }) => id);

Deno.test("an administrator gets every page and every action", () => {
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

Deno.test("a viewer gets only permitted commands, and sign-out requires a session", () => {
  const viewer = idsFor({ language: "en", mayAct: false, signsOut: true });
  for (const id of ["start", "stop", "retry", "clear", "import"]) {
    assert.ok(!viewer.includes(id), id);
  }
  assert.ok(viewer.includes("signOut"));
  assert.ok(!idsFor({ language: "en", mayAct: true, signsOut: false }).includes("signOut"));
});

Deno.test("the language command offers the other language", () => {
  assert.ok(idsFor({ language: "zh", mayAct: true, signsOut: true }).includes("speakEnglish"));
});

Deno.test("key sequences are unique and prefix-free", () => {
  for (const language of LANGUAGES) {
    const commands = commandsFor({ language, mayAct: true, signsOut: true });
    const keys = commands.flatMap((command) => command.keys ?? []);
    assert.equal(new Set(keys).size, keys.length);
    for (const each of keys) {
      assert.deepEqual(keys.filter((other) => other.startsWith(`${each} `)), []);
    }
  }
});
