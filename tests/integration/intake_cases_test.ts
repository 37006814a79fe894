import assert from "node:assert/strict";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";

/** Realistic files, one per kind, with their expected values. */
const FOLDER = new URL("../intake/cases/", import.meta.url);

const expectation = z.strictObject({
  accepted: z.number().optional(),
  accepted_min: z.number().optional(),
  duplicates: z.number().optional(),
  /** Upper bounds of counts. */
  not: z.record(z.string(), z.number()).optional(),
  contains: z.array(z.string()).optional(),
  lacks: z.array(z.string()).optional(),
  lacks_raw: z.array(z.string()).optional(),
  title: z.string().optional(),
  final_title: z.string().optional(),
  paragraphs: z.number().optional(),
  paragraphs_min: z.number().optional(),
});
const cases = z.array(z.strictObject({
  id: z.string(),
  kind: z.string(),
  files: z.array(z.string()),
  contentType: z.string().optional(),
  query: z.string().optional(),
  expect: expectation,
}));

const READINGS = /\([a-zàáèéìíòóùúüāēīōūǎěǐǒǔǖǘǚǜńňǹḿ]+\)/g;

Deno.test("every kind of file yields its complete and correct articles", async (t) => {
  const all = cases.parse(JSON.parse(await Deno.readTextFile(new URL("cases.json", FOLDER))));
  await using node = await startMillrace({ env: { SAMPLE: "off" } });

  async function importFile(name: string, { contentType, query }: (typeof all)[number]) {
    const more = query === undefined ? "" : `&${query}`;
    const response = await node.fetch(
      `/api/articles/import?name=${encodeURIComponent(name)}${more}`,
      {
        method: "POST",
        headers: { "content-type": contentType ?? "application/octet-stream" },
        body: await Deno.readFile(new URL(name, FOLDER)),
      },
    );
    return (await response.json()).data ?? {};
  }

  async function processed(id: number) {
    return await eventually(async () => {
      const { data } = await (await node.fetch(`/api/articles/${id}`)).json();
      assert.equal(data.state, "processed");
      return data;
    }, 60_000);
  }

  for (const one of all) {
    await t.step(`${one.kind}: ${one.id}`, async () => {
      const counts: Record<string, number> = { accepted: 0, duplicates: 0, rejected: 0 };
      let newest: number | null = null;
      for (const file of one.files) {
        const figures = await importFile(file, one);
        counts.accepted! += figures.accepted ?? 0;
        counts.duplicates! += figures.duplicates ?? 0;
        counts.rejected! += figures.rejected_total ?? 0;
        newest = figures.newest_id ?? newest;
      }
      const { expect } = one;
      if (expect.accepted !== undefined) assert.equal(counts.accepted, expect.accepted);
      if (expect.duplicates !== undefined) assert.equal(counts.duplicates, expect.duplicates);
      assert.ok(counts.accepted! >= (expect.accepted_min ?? 0), JSON.stringify(counts));
      if (expect.not !== undefined) assert.notDeepEqual({ ...counts, ...expect.not }, counts);
      if (newest === null) return;
      const article = await processed(newest);
      const texts: string[] = article.paragraphs;
      const text = texts.map((paragraph) => paragraph.replace(READINGS, "")).join("\n");
      for (const part of expect.contains ?? []) assert.ok(text.includes(part), `lacks ${part}`);
      for (const part of expect.lacks ?? []) assert.ok(!text.includes(part), `keeps ${part}`);
      for (const part of expect.lacks_raw ?? []) {
        assert.ok(texts.every((paragraph) => !paragraph.includes(part)), `keeps ${part}`);
      }
      const title = expect.title ?? expect.final_title;
      if (title !== undefined) assert.equal(article.kept_title ?? article.title, title);
      if (expect.paragraphs !== undefined) assert.equal(texts.length, expect.paragraphs);
      assert.ok(texts.length >= (expect.paragraphs_min ?? 0), `${texts.length} paragraphs`);
    });
  }
});
