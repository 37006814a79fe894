import assert from "node:assert/strict";
import {
  importArticles,
  type ImportOptions,
  type ImportProgress,
  ImportStoppedError,
} from "../../lib/intake/import.ts";
import type { IncomingArticle } from "../../lib/intake/incoming_article.ts";
import { parseNdjson } from "../../lib/intake/ndjson.ts";
import type { Parsed } from "../../lib/intake/parsed.ts";

const never: ImportOptions = {
  waited: (signal) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
};

function article(line: number, content = "c"): Parsed {
  const article = { source: null, title: `t${line}`, content, groupId: 1, group: null };
  return { kind: "article", line, article };
}

function rejection(line: number): Parsed {
  return { kind: "rejected", line, error: "bad" };
}

async function* records(count: number, of: (line: number) => Parsed = article) {
  for (let line = 1; line <= count; line++) yield of(line);
}

/** Stores nothing, but remembers what it was given; every third of a chunk is a duplicate. */
function store() {
  const chunks: IncomingArticle[][] = [];
  let stored = 0;
  const save = (chunk: IncomingArticle[]) => {
    chunks.push(chunk);
    const duplicates = Math.floor(chunk.length / 3);
    const accepted = chunk.length - duplicates;
    const ids = Array.from({ length: accepted }, () => ++stored);
    return Promise.resolve({ accepted, duplicates, ids });
  };
  return { chunks, save };
}

Deno.test("articles are saved in order, 500 at a time, and the figures add up", async () => {
  const { chunks, save } = store();
  const told: number[] = [];
  const progress = await importArticles(records(1_201), save, {
    ...never,
    onProgress: ({ accepted, duplicates }) => told.push(accepted + duplicates),
  });
  assert.deepEqual(chunks.map((chunk) => chunk.length), [500, 500, 201]);
  assert.deepEqual(chunks.flat().map(({ title }) => title).slice(499, 502), [
    "t500",
    "t501",
    "t502",
  ]);
  assert.deepEqual(told, [500, 1_000, 1_201]);
  const expected: ImportProgress = {
    accepted: 802,
    duplicates: 399,
    rejected: [],
    rejected_total: 0,
    newest_id: 802,
  };
  assert.deepEqual(progress, expected);
});

Deno.test("a chunk is full at 1 MB of text", async () => {
  const { chunks, save } = store();
  const large = "x".repeat(400 * 1024);
  await importArticles(records(7, (line) => article(line, large)), save, never);
  assert.deepEqual(chunks.map((chunk) => chunk.length), [3, 3, 1]);
});

Deno.test("nothing is saved for nothing", async () => {
  const { chunks, save } = store();
  const expected: ImportProgress = {
    accepted: 0,
    duplicates: 0,
    rejected: [],
    rejected_total: 0,
    newest_id: null,
  };
  assert.deepEqual(await importArticles(records(0), save, never), expected);
  assert.deepEqual(chunks, []);
});

Deno.test("the first 1,000 rejections are listed, all are counted", async () => {
  const { chunks, save } = store();
  const told: number[] = [];
  const progress = await importArticles(records(1_700, rejection), save, {
    ...never,
    onProgress: ({ rejected_total }) => told.push(rejected_total),
  });
  assert.equal(progress.rejected_total, 1_700);
  assert.equal(progress.rejected.length, 1_000);
  assert.deepEqual(progress.rejected[999], { line: 1_000, error: "bad" });
  assert.deepEqual(told, [500, 1_000, 1_500, 1_700]);
  assert.deepEqual(chunks, []);
});

Deno.test("when the input stalls, what has come is saved after the wait", async () => {
  const { chunks, save } = store();
  const stalled = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  async function* slow() {
    yield article(1);
    yield article(2);
    stalled.resolve();
    await goOn.promise;
    yield article(3);
  }
  let waits = 0;
  await importArticles(slow(), save, {
    waited: (signal) => ++waits === 1 ? stalled.promise : never.waited!(signal),
    onProgress: () => goOn.resolve(),
  });
  assert.deepEqual(chunks.map((chunk) => chunk.map(({ title }) => title)), [["t1", "t2"], ["t3"]]);
  assert.equal(waits, 2);
});

Deno.test("the wait is 200 ms of the clock by default, and leaves no timer behind", async () => {
  const { chunks, save } = store();
  const goOn = Promise.withResolvers<void>();
  async function* slow() {
    yield article(1);
    await goOn.promise;
  }
  const start = performance.now();
  await importArticles(slow(), save, { onProgress: () => goOn.resolve() });
  assert.equal(chunks.length, 1);
  assert.ok(performance.now() - start >= 190);
});

Deno.test("while a chunk is saved, no more than one record is read ahead", async () => {
  let read = 0;
  async function* counted() {
    for await (const one of records(2_000)) {
      read++;
      yield one;
    }
  }
  await importArticles(counted(), async (chunk) => {
    const before = read;
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.ok(read - before <= 1);
    assert.ok(read % 500 <= 1);
    return { accepted: chunk.length, duplicates: 0, ids: [] };
  }, never);
});

Deno.test("when the input breaks, what had come whole is saved and the figures are told", async () => {
  const { chunks, save } = store();
  const broken = ReadableStream.from((function* () {
    yield new TextEncoder().encode('{"title":"a","content":"b"}\nbad\n{"title":"c","con');
    throw new Error("the client went away");
  })());
  await assert.rejects(importArticles(parseNdjson(broken), save, never), (error) => {
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

Deno.test("when saving fails, the import stops with its figures and lets go of the input", async () => {
  let ended = false;
  async function* input() {
    try {
      yield* records(2_000);
    } finally {
      ended = true;
    }
  }
  const cause = new Error("the database is away");
  let saves = 0;
  const save = (chunk: IncomingArticle[]) =>
    ++saves === 2
      ? Promise.reject(cause)
      : Promise.resolve({ accepted: chunk.length, duplicates: 0, ids: [] });
  await assert.rejects(importArticles(input(), save, never), (error) => {
    assert.ok(error instanceof ImportStoppedError);
    assert.equal(error.stage, "saving");
    assert.equal(error.cause, cause);
    assert.equal(error.progress.accepted, 500);
    return true;
  });
  assert.equal(saves, 2);
  assert.equal(ended, true);
});

Deno.test("when saving fails while the input stalls, the import does not wait for it", async () => {
  const stalled = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  async function* slow() {
    yield article(1);
    stalled.resolve();
    await goOn.promise;
  }
  const save = () => Promise.reject(new Error("the database is away"));
  await assert.rejects(importArticles(slow(), save, { waited: () => stalled.promise }), {
    name: "ImportStoppedError",
  });
  goOn.resolve();
});
