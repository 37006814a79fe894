import assert from "node:assert/strict";
import { LANGUAGES } from "../../lib/i18n/language.ts";
import type { Message, Words } from "../../lib/i18n/words.ts";

type Part = Record<string, Words>;

/** The messages of every module in lib/i18n. */
async function parts(): Promise<[string, Part][]> {
  const folder = new URL("../../lib/i18n/", import.meta.url);
  const found: [string, Part][] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith("_words.ts")) continue;
    const exported: Record<string, Part> = await import(new URL(name, folder).href);
    for (const [key, part] of Object.entries(exported)) found.push([`${name} ${key}`, part]);
  }
  return found;
}

function formsOf(message: Message): string[] {
  return typeof message === "string" ? [message] : Object.values(message);
}

function placesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
}

Deno.test("every message exists in every language, with the same placeholders", async () => {
  const all = await parts();
  assert.ok(all.length > 3);
  for (const [name, part] of all) {
    assert.deepEqual(Object.keys(part).sort(), [...LANGUAGES].sort(), name);
    for (const [key, message] of Object.entries(part.zh ?? {})) {
      const places = placesIn(formsOf(message).at(-1)!);
      const english = part.en?.[key];
      assert.ok(english !== undefined, `${name}: ${key} is not in English`);
      for (const text of formsOf(english)) {
        assert.notEqual(text.trim(), "", `${name}: ${key} is empty`);
        const missing = placesIn(text).filter((place) => !places.includes(place));
        assert.deepEqual(missing, [], `${name}: ${key} has placeholders that Chinese lacks`);
      }
      const other = formsOf(english).at(-1)!;
      assert.deepEqual(placesIn(other), places, `${name}: ${key} has other placeholders`);
    }
  }
});

Deno.test("Chinese messages contain Chinese", async () => {
  for (const [name, part] of await parts()) {
    const chinese = Object.entries(part.zh ?? {}).flatMap(([key, message]) =>
      formsOf(message).map((text) => [key, text] as const)
    );
    const without = chinese.filter(([, text]) =>
      /[a-z]{4}/i.test(text.replaceAll(/\{\w+\}/g, "")) && !/\p{Script=Han}/u.test(text)
    );
    // The language switch is in the other language.
    assert.deepEqual(without.filter(([key]) => key !== "switchLanguage"), [], name);
  }
});

Deno.test("the message modules that a page merges have disjoint keys", async () => {
  const { freshWords } = await import("../../lib/i18n/fresh_words.ts");
  const { healthWords } = await import("../../lib/i18n/health_words.ts");
  const known = new Set(Object.keys(healthWords.en));
  assert.deepEqual(Object.keys(freshWords.en).filter((key) => known.has(key)), []);
});

Deno.test("every message is used", async () => {
  const texts = await sourcesOutsideOfWords();
  const names = new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
  const templates = texts.flatMap((text) =>
    [...text.matchAll(/`(\w*)\$\{[^}`]+\}(\w*)`/g)]
      .filter(([, before, after]) => before !== "" || after !== "")
      .map(([, before, after]) => new RegExp(`^${before}\\w+${after}$`))
  );
  const isUsed = (key: string) =>
    names.has(key) || templates.some((template) => template.test(key));
  const unused = (await parts()).flatMap(([name, part]) =>
    Object.keys(part.en ?? {}).filter((key) => !isUsed(key)).map((key) => `${name}.${key}`)
  );
  assert.deepEqual(unused, []);
});

/** The texts of the sources that can name a message. */
async function sourcesOutsideOfWords(): Promise<string[]> {
  const root = new URL("../../", import.meta.url);
  const texts: Promise<string>[] = [];
  async function read(folder: URL) {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await read(new URL(`${name}/`, folder));
      else if (/\.tsx?$/.test(name) && !name.endsWith("_words.ts")) {
        texts.push(Deno.readTextFile(new URL(name, folder)));
      }
    }
  }
  for (const folder of ["lib/", "components/", "islands/", "routes/"]) {
    await read(new URL(folder, root));
  }
  return await Promise.all(texts);
}
