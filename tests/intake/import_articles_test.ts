import assert from "node:assert/strict";
import {
  importArticles,
  type ImportOptions,
  ImportStoppedError,
} from "../../lib/intake/import_articles.ts";
import type { AcceptedArticle } from "../../lib/intake/accept.ts";
import { expected } from "../../lib/intake/format_name.ts";
import type { IncomingArticle } from "../../lib/intake/incoming_article.ts";
import type { Parsed } from "../../lib/intake/parsed.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { incoming } from "../support/incoming.ts";

const never: ImportOptions = {
  waited: (signal) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
};

function article(line: number, content = "c"): Parsed {
  return { kind: "article", line, article: incoming({ title: `t${line}`, content }) };
}

function rejection(line: number): Parsed {
  return { kind: "rejected", line, error: "bad" };
}

async function* records(count: number, of: (line: number) => Parsed = article) {
  for (let line = 1; line <= count; line++) yield [of(line)];
}

/** A fake that records chunks; every third article of a chunk is a duplicate. */
function store() {
  const chunks: IncomingArticle[][] = [];
  let stored = 0;
  const save = (chunk: IncomingArticle[]) => {
    chunks.push(chunk);
    const duplicates = Math.floor(chunk.length / 3);
    const articles = chunk.map((_, index): AcceptedArticle =>
      index < duplicates ? { outcome: "duplicate", id: 1 } : { outcome: "accepted", id: ++stored }
    );
    return Promise.resolve({ articles, shared: [], revised: [] });
  };
  return { chunks, save };
}

function all(chunk: IncomingArticle[]) {
  const articles = chunk.map((): AcceptedArticle => ({ outcome: "accepted", id: 1 }));
  return { articles, shared: [], revised: [] };
}

Deno.test("a chunk holds about 1 MB, of other fields too", async () => {
  const { chunks, save } = store();
  const extra = { note: "x".repeat(300_000), deep: [[["y".repeat(100_000)]]] };
  const wide = (line: number): Parsed => ({
    kind: "article",
    line,
    article: incoming({ title: `t${line}`, extra }),
  });
  await importArticles(records(7, wide), save, never);
  assert.deepEqual(chunks.map((chunk) => chunk.length), [3, 3, 1]);
});

Deno.test("a dry run, whose articles have the id 0, has no newest article", async () => {
  const save = (chunk: IncomingArticle[]) => {
    const articles = chunk.map((): AcceptedArticle => ({ outcome: "accepted", id: 0 }));
    return Promise.resolve({ articles, shared: [], revised: [] });
  };
  const { accepted, newest_id } = await importArticles(records(2), save, never);
  assert.deepEqual([accepted, newest_id], [2, null]);
});

Deno.test("articles are saved in order, 500 at a time, and the counts add up", async () => {
  const { chunks, save } = store();
  const reported: number[] = [];
  const progress = await importArticles(records(1_201), save, {
    ...never,
    onProgress: ({ accepted, duplicates }) => void reported.push(accepted + duplicates),
  });
  assert.deepEqual(chunks.map((chunk) => chunk.length), [500, 500, 201]);
  assert.deepEqual(chunks.flat().map(({ title }) => title).slice(499, 502), [
    "t500",
    "t501",
    "t502",
  ]);
  assert.deepEqual(reported, [500, 1_000, 1_201]);
  assert.deepEqual(progress, {
    ...noFigures(),
    accepted: 802,
    duplicates: 399,
    newest_id: 802,
    records: 1_201,
  });
});

Deno.test("a chunk is full at 1 MB of text", async () => {
  const { chunks, save } = store();
  const large = "x".repeat(400 * 1024);
  await importArticles(records(7, (line) => article(line, large)), save, never);
  assert.deepEqual(chunks.map((chunk) => chunk.length), [3, 3, 1]);
});

Deno.test("an empty input saves nothing", async () => {
  const { chunks, save } = store();
  assert.deepEqual(await importArticles(records(0), save, never), noFigures());
  assert.deepEqual(chunks, []);
});

Deno.test("the first 1,000 rejections are listed, and all are counted", async () => {
  const { chunks, save } = store();
  const reported: number[] = [];
  const progress = await importArticles(records(1_700, rejection), save, {
    ...never,
    onProgress: ({ rejected_total }) => void reported.push(rejected_total),
  });
  assert.equal(progress.rejected_total, 1_700);
  assert.equal(progress.rejected.length, 1_000);
  assert.deepEqual(progress.rejected[999], { line: 1_000, error: "bad" });
  assert.deepEqual(reported, [500, 1_000, 1_500, 1_700]);
  assert.deepEqual(chunks, []);
});

Deno.test("when the input stalls, received articles are saved after the wait", async () => {
  const { chunks, save } = store();
  const stalled = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  async function* slow() {
    yield [article(1)];
    yield [article(2)];
    stalled.resolve();
    await goOn.promise;
    yield [article(3)];
  }
  let waits = 0;
  await importArticles(slow(), save, {
    waited: (signal) => ++waits === 1 ? stalled.promise : never.waited!(signal),
    onProgress: () => goOn.resolve(),
  });
  assert.deepEqual(chunks.map((chunk) => chunk.map(({ title }) => title)), [["t1", "t2"], ["t3"]]);
  assert.equal(waits, 2);
});

Deno.test("the default wait is 200 ms, and no timer leaks", async () => {
  const { chunks, save } = store();
  const goOn = Promise.withResolvers<void>();
  async function* slow() {
    yield [article(1)];
    await goOn.promise;
  }
  const start = performance.now();
  await importArticles(slow(), save, { onProgress: () => goOn.resolve() });
  assert.equal(chunks.length, 1);
  assert.ok(performance.now() - start >= 190);
});

Deno.test("saving applies backpressure: while a chunk is saved, the next one is read", async () => {
  let read = 0;
  async function* counted() {
    for await (const one of records(2_000)) {
      read++;
      yield one;
    }
  }
  const readAtSaves: number[] = [];
  await importArticles(counted(), async (chunk) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    readAtSaves.push(read);
    return all(chunk);
  }, never);
  assert.deepEqual(readAtSaves, [1_001, 1_501, 2_000, 2_000]);
});

Deno.test("when the input breaks, complete records are saved and the counts are returned", async () => {
  const { chunks, save } = store();
  const broken = ReadableStream.from((function* () {
    yield new TextEncoder().encode('{"title":"a","content":"b"}\nbad\n{"title":"c","con');
    throw new Error("the client went away");
  })());
  await assert.rejects(importArticles(readInput(broken, expected({})), save, never), (error) => {
    assert.ok(error instanceof ImportStoppedError);
    assert.equal(error.stage, "reading");
    assert.equal(
      error.message,
      "Cannot finish the import: reading the articles failed: the client went away",
    );
    assert.equal(error.progress.accepted, 1);
    assert.equal(error.progress.rejected_total, 1);
    return true;
  });
  assert.deepEqual(chunks.flat().map(({ title }) => title), ["a"]);
});

Deno.test("when saving fails, the import stops with its counts and cancels the input", async () => {
  const ended = Promise.withResolvers<void>();
  async function* input() {
    try {
      yield* records(2_000);
    } finally {
      ended.resolve();
    }
  }
  const cause = new Error("the database is away");
  let saves = 0;
  const save = (chunk: IncomingArticle[]) =>
    ++saves === 2 ? Promise.reject(cause) : Promise.resolve(all(chunk));
  await assert.rejects(importArticles(input(), save, never), (error) => {
    assert.ok(error instanceof ImportStoppedError);
    assert.equal(error.stage, "saving");
    assert.equal(error.cause, cause);
    assert.equal(error.progress.accepted, 500);
    return true;
  });
  assert.equal(saves, 2);
  await ended.promise;
});

Deno.test("when saving fails while the input stalls, the import does not wait for it", async () => {
  const stalled = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  async function* slow() {
    yield [article(1)];
    stalled.resolve();
    await goOn.promise;
  }
  const save = () => Promise.reject(new Error("the database is away"));
  await assert.rejects(importArticles(slow(), save, { waited: () => stalled.promise }), {
    name: "ImportStoppedError",
  });
  goOn.resolve();
});

Deno.test("per-record results are returned on request, with their lines", async () => {
  async function* mixed(): AsyncGenerator<Parsed[]> {
    yield [article(1)];
    yield [{ kind: "skipped", line: 2, error: "a menu" }];
    yield [rejection(3)];
    yield [{ kind: "note", line: 4, note: "cut" }];
    yield [article(4)];
  }
  const save = (chunk: IncomingArticle[]) =>
    Promise.resolve({
      articles: chunk.map((_, n): AcceptedArticle => ({
        outcome: n === 0 ? "changed" : "accepted",
        id: n + 7,
      })),
      shared: [{ source: "s", isEarlier: false }],
      revised: [],
    });
  const figures = await importArticles(mixed(), save, { ...never, results: true });
  assert.deepEqual(figures.results, [
    { line: 1, outcome: "changed", id: 7 },
    { line: 2, outcome: "skipped", error: "a menu" },
    { line: 3, outcome: "rejected", error: "bad" },
    { line: 4, outcome: "accepted", id: 8 },
  ]);
  assert.deepEqual([figures.accepted, figures.changed, figures.skipped, figures.records], [
    1,
    1,
    1,
    4,
  ]);
  assert.deepEqual(figures.warnings.map(({ error }) => error), [
    "cut",
    "the source s does not identify one article: several have it, with different texts",
  ]);
});

Deno.test("a resumed import adds to its earlier counts", async () => {
  const from = { ...noFigures(), accepted: 5, records: 6, rejected_total: 1 };
  const figures = await importArticles(records(2), store().save, { ...never, from });
  assert.deepEqual([figures.accepted, figures.records, figures.rejected_total], [7, 8, 1]);
});
