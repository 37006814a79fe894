import assert from "node:assert/strict";
import { type Command, commandsFor } from "../../../lib/dashboard/keyboard/keyboard_commands.ts";
import { createPaletteModel } from "../../../lib/dashboard/keyboard/palette_model.ts";
import { FakeTime } from "../../support/fake_time.ts";
import type { Language } from "../../../lib/i18n/language.ts";

const nothing = () => Promise.resolve([]);

function paletteIn(
  language: Language,
  search: (text: string, signal: AbortSignal) => Promise<Command[] | null> = nothing,
) {
  const more = (text: string): Command[] => [{
    id: "more",
    icon: "search",
    label: text,
    alias: "",
    keys: null,
    effect: { kind: "go", path: text },
  }];
  const commands = commandsFor({ language, mayAct: true, signsOut: true });
  return createPaletteModel({ commands, more, search });
}

const idsOf = ({ found }: ReturnType<typeof paletteIn>) => found.value.map(({ id }) => id);

/** Runs a test with a fake clock. */
const timed = (test: (time: FakeTime) => void | Promise<void>) => async () => {
  using time = new FakeTime();
  await test(time);
};

Deno.test("an empty query lists all commands", () => {
  const palette = paletteIn("en");
  const all = commandsFor({ language: "en", mayAct: true, signsOut: true }).map(({ id }) => id);
  assert.deepEqual(idsOf(palette), all);
  palette.type("  ");
  assert.deepEqual(idsOf(palette), all);
});

Deno.test("a command is found in both languages", () => {
  for (const language of ["zh", "en"] as const) {
    const palette = paletteIn(language);
    for (
      const [typed, id] of [["node", "workers"], ["节点", "workers"], ["死信", "clear"]] as const
    ) {
      palette.type(typed);
      assert.equal(idsOf(palette)[0], id, `${typed} in ${language}`);
    }
  }
});

Deno.test("words match in any order, width and case, and prefix matches come first", () => {
  const palette = paletteIn("en");
  palette.type("LIGHT theme");
  assert.deepEqual(idsOf(palette), ["themeLight", "more"]);
  palette.type("ｓｅｔ");
  assert.equal(idsOf(palette)[0], "settings");
  palette.type("s");
  const ids = idsOf(palette);
  assert.ok(ids.indexOf("signOut") < ids.indexOf("keys"), "prefixes before inner matches");
  assert.ok(ids.indexOf("keys") < ids.indexOf("failures"), "word prefixes before the rest");
});

Deno.test("a query without matches is offered as a search", () => {
  const palette = paletteIn("en");
  palette.type(" 银行 ");
  assert.deepEqual(palette.found.value.map(({ label }) => label), ["银行"]);
});

Deno.test("the selection wraps around, and typing resets it", () => {
  const palette = paletteIn("en");
  palette.move(-1);
  assert.equal(palette.active.value, palette.found.value.length - 1);
  palette.move(1);
  assert.equal(palette.active.value, 0);
  palette.point(7);
  palette.type("st");
  assert.equal(palette.active.value, 0);
});

const hit = (label: string): Command => ({
  id: `found-${label}`,
  icon: "articles",
  label,
  alias: "",
  keys: null,
  result: "article",
  effect: { kind: "go", path: `/articles/${label}` },
});

Deno.test(
  "server queries are debounced, and their results come last",
  timed(async (time) => {
    const queries: string[] = [];
    const palette = paletteIn("en", (text) => {
      queries.push(text);
      return Promise.resolve([hit(text)]);
    });
    for (const text of ["s", "se", " set "]) {
      palette.type(text);
      time.pass(100);
    }
    assert.equal(palette.search.value, "searching");
    const before = idsOf(palette);
    time.pass(50);
    await Promise.resolve();
    assert.deepEqual(queries, ["set"]);
    assert.equal(palette.search.value, "found");
    assert.deepEqual(idsOf(palette), [...before, "found-set"]);
    palette.type("");
    assert.equal(palette.search.value, "idle");
    assert.equal(time.waiting, 0);
  }),
);

Deno.test(
  "outdated results are discarded, also after the palette closes",
  timed(async (time) => {
    const results = new Map<string, (found: Command[] | null) => void>();
    const palette = paletteIn("en", (text) => new Promise((resolve) => results.set(text, resolve)));
    palette.type("old");
    time.pass(200);
    palette.type("new");
    time.pass(200);
    results.get("new")!([]);
    await Promise.resolve();
    assert.equal(palette.search.value, "none");
    results.get("old")!([hit("old")]);
    await Promise.resolve();
    assert.ok(!idsOf(palette).includes("found-old"));
    palette.type("last");
    palette[Symbol.dispose]();
    assert.equal(time.waiting, 0);
  }),
);

Deno.test(
  "a failed search is reported",
  timed(async (time) => {
    const palette = paletteIn("en", () => Promise.resolve(null));
    palette.type("x");
    time.pass(200);
    await Promise.resolve();
    assert.equal(palette.search.value, "away");
  }),
);
