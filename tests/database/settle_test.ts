import assert from "node:assert/strict";
import { fingerprint } from "../../lib/article/fingerprint.ts";
import { insertArticles } from "../../lib/database/insert_articles.ts";
import { loadBatch } from "../../lib/database/load_batch.ts";
import { removeArticle } from "../../lib/database/remove_article.ts";
import { settleBatch } from "../../lib/database/settle.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { DATABASES } from "../support/database.ts";
import { article, settlement, store } from "./produce.ts";

/** Everything that a settlement can write, for comparison. */
async function everything(sql: Sql) {
  return {
    states: await sql`SELECT * FROM article_states ORDER BY article_id`,
    titles: await sql`SELECT * FROM titles ORDER BY id`,
    contents: await sql`SELECT * FROM contents ORDER BY id`,
    attempts: await sql`SELECT * FROM attempts ORDER BY article_id, at`,
    tally: await sql`SELECT * FROM processor_tally`,
  };
}

for (const { kind, ignore, open } of DATABASES) {
  const test = (name: string, fn: (sql: Sql) => Promise<void>) =>
    Deno.test({
      name: `${kind}: ${name}`,
      ignore,
      fn: async () => {
        await using opened = await open();
        await fn(opened.sql);
      },
    });

  test("a settled article has its title, its paragraphs in order, and is processed", async (sql) => {
    const [id = 0] = await store(sql, 1);
    const settled = await settleBatch(sql, await settlement(sql, [id]));
    const [state] = settled.states;
    assert.deepEqual({ ...state, changedAt: 0 }, {
      id,
      state: "processed",
      tries: 0,
      dueInMs: null,
      changedAt: 0,
      applied: true,
    });
    assert.deepEqual([...await sql`SELECT title, group_id, batch_id, article_id FROM titles`], [
      { title: "标题 0", groupId: 1, batchId: settled.batchId, articleId: id },
    ]);
    assert.deepEqual(
      [...await sql`SELECT content, position, batch_id FROM contents ORDER BY position`],
      [
        { content: "一", position: 1, batchId: settled.batchId },
        { content: "二", position: 2, batchId: settled.batchId },
      ],
    );
    assert.deepEqual(settled.tally, { processed: 1, failed: 0, retried: 0, elapsedMs: 100 });
  });

  test("a batch with every outcome is settled in one transaction, and each failure keeps its cause", async (sql) => {
    const ids = await store(sql, 3);
    const [processed, retry, dead] = ids;
    const batch = await settlement(sql, [...ids, 4711], {
      failing: (id) => id === retry || id === 4711 ? "retry" : id === dead ? "dead" : null,
    });
    const { states, tally } = await settleBatch(sql, batch);
    const stateOf = new Map(states.map(({ id, state }) => [id, state]));
    assert.deepEqual(
      [processed, retry, dead, 4711].map((id) => stateOf.get(id ?? 0)),
      ["processed", "retry", "dead", "retry"],
    );
    const planned = batch.settlements.find(({ id }) => id === retry);
    assert.equal(planned?.kind, "failed");
    assert.equal(
      states.find(({ id }) => id === retry)?.dueInMs,
      planned?.kind === "failed" && planned.dueInMs,
    );
    assert.deepEqual(tally, { processed: 1, failed: 1, retried: 2, elapsedMs: 100 });
    assert.deepEqual(
      [...await sql`SELECT article_id, try, node, reason, error FROM attempts ORDER BY article_id`],
      [retry, dead, 4711].map((id) => ({
        articleId: id,
        try: 1,
        node: "node-a",
        reason: "threw",
        error: `boo ${id}`,
      })),
    );
  });

  test("a repeated settlement changes no row and no count, and returns the current state", async (sql) => {
    const ids = await store(sql, 4);
    const batch = await settlement(sql, ids, { failing: (id) => id === ids[3] ? "dead" : null });
    const first = await settleBatch(sql, batch);
    const before = await everything(sql);
    const second = await settleBatch(sql, batch);
    assert.deepEqual(await everything(sql), before);
    assert.deepEqual(second.tally, first.tally);
    const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
    assert.deepEqual(
      second.states.sort(byId),
      first.states.sort(byId).map((state) => ({ ...state, applied: false })),
    );
  });

  test("a settlement of an older revision is skipped, and the rest of its batch is applied", async (sql) => {
    const ids = await store(sql, 2);
    const late = await settlement(sql, ids);
    await settleBatch(sql, await settlement(sql, ids.slice(0, 1), { failing: () => "retry" }));
    const { states, tally } = await settleBatch(sql, late);
    assert.deepEqual(
      new Map(states.map(({ id, state, applied }) => [id, { state, applied }])),
      new Map([
        [ids[0], { state: "retry", applied: false }],
        [ids[1], { state: "processed", applied: true }],
      ]),
    );
    assert.deepEqual(tally, { processed: 1, failed: 0, retried: 1, elapsedMs: 150 });
  });

  test("reprocessing an article replaces only its own rows", async (sql) => {
    const ids = await store(sql, 2);
    await settleBatch(sql, await settlement(sql, ids));
    await sql`UPDATE original_articles SET title = '新标题' WHERE id = ${ids[0] ?? 0}`;
    await settleBatch(sql, await settlement(sql, ids.slice(0, 1), { paragraphs: ["三"] }));
    assert.deepEqual(
      [...await sql`SELECT article_id, content FROM contents ORDER BY article_id, position`],
      [
        { articleId: ids[0], content: "三" },
        { articleId: ids[1], content: "一" },
        { articleId: ids[1], content: "二" },
      ],
    );
    assert.deepEqual([...await sql`SELECT article_id, title FROM titles ORDER BY article_id`], [
      { articleId: ids[0], title: "新标题" },
      { articleId: ids[1], title: "标题 1" },
    ]);
  });

  test("an edited article is pending again, and its id is in the outbox", async (sql) => {
    const [id = 0] = await store(sql, 1);
    await settleBatch(sql, await settlement(sql, [id]));
    await sql`DELETE FROM outbox`;
    await sql`UPDATE original_articles SET content = '<p>新</p>' WHERE id = ${id}`;
    const [loaded] = await loadBatch(sql, [id]);
    assert.equal(loaded?.state, "pending");
    assert.equal(loaded?.revision, 3);
    assert.deepEqual([...await sql`SELECT article_ids[1] AS id FROM outbox`], [{ id }]);
  });

  test("reprocessing with the same title keeps the title", async (sql) => {
    const [id = 0] = await store(sql, 1);
    await settleBatch(sql, await settlement(sql, [id]));
    await sql`UPDATE original_articles SET content = '<p>新</p>' WHERE id = ${id}`;
    await settleBatch(sql, await settlement(sql, [id]));
    assert.deepEqual([...await sql`SELECT title FROM titles`], [{ title: "标题 0" }]);
  });

  test("a title is unique per group", async (sql) => {
    const { inserted } = await insertArticles(sql, [
      article({ groupId: 1 }),
      article({ groupId: 1 }),
      article({ groupId: 2 }),
    ]);
    await settleBatch(sql, await settlement(sql, inserted.map(({ id }) => id)));
    assert.deepEqual([...await sql`SELECT title, group_id FROM titles ORDER BY group_id`], [
      { title: "标题", groupId: 1 },
      { title: "标题", groupId: 2 },
    ]);
  });

  test("a title passes to another article that shares it, whatever happens to its owner", async (sql) => {
    const owners = async () =>
      (await sql`SELECT title, article_id FROM titles ORDER BY title`)
        .map(({ title, articleId }) => [title, articleId]);
    const { inserted } = await insertArticles(sql, Array.from({ length: 4 }, () => article()));
    const ids = inserted.map(({ id }) => id);
    const [first = 0, second = 0, third = 0, fourth = 0] = ids;
    await settleBatch(sql, await settlement(sql, [first, second]));
    await settleBatch(sql, await settlement(sql, [third, fourth]));
    assert.deepEqual(await owners(), [["标题", first]]);
    await removeArticle(sql, first);
    assert.deepEqual(await owners(), [["标题", second]]);
    await removeArticle(sql, fourth);
    assert.deepEqual(await owners(), [["标题", second]]);

    const retitle = async (id: number, title: string) => {
      await sql`UPDATE original_articles SET title = ${title} WHERE id = ${id}`;
      await settleBatch(sql, await settlement(sql, [id]));
    };
    await retitle(second, "b");
    assert.deepEqual(await owners(), [["b", second], ["标题", third]]);
    await retitle(third, "b");
    assert.deepEqual(await owners(), [["b", second]], "nothing shares the old title any more");
    await removeArticle(sql, second);
    assert.deepEqual(await owners(), [["b", third]]);
    await retitle(third, "b");
    assert.deepEqual(await owners(), [["b", third]]);
    assert.deepEqual([...await sql`SELECT * FROM title_shares`], []);
    await removeArticle(sql, third);
    assert.deepEqual(await owners(), []);
  });

  test("articles that share a title can all get others in one batch", async (sql) => {
    const { inserted } = await insertArticles(sql, Array.from({ length: 3 }, () => article()));
    const ids = inserted.map(({ id }) => id);
    await settleBatch(sql, await settlement(sql, ids));
    await sql`UPDATE original_articles SET title = '乙' || id WHERE id <> ${ids[2] ?? 0}`;
    await sql`UPDATE original_articles SET content = '<p>新</p>' WHERE id = ${ids[2] ?? 0}`;
    await settleBatch(sql, await settlement(sql, ids));
    assert.deepEqual(
      [...await sql`SELECT article_id, title FROM titles ORDER BY article_id`],
      ids.map((id, i) => ({ articleId: id, title: i < 2 ? `乙${id}` : "标题" })),
    );
    assert.deepEqual([...await sql`SELECT * FROM title_shares`], []);
  });

  test("an article without paragraphs is processed without a row", async (sql) => {
    const ids = await store(sql, 2);
    const { states } = await settleBatch(sql, await settlement(sql, ids, { paragraphs: [] }));
    assert.deepEqual(states.map(({ state }) => state), ["processed", "processed"]);
    assert.deepEqual([...await sql`SELECT paragraphs FROM article_states`], [
      { paragraphs: 0 },
      { paragraphs: 0 },
    ]);
    assert.equal((await sql`SELECT FROM contents`).length, 0);
  });

  test("characters that Postgres cannot store are stripped from titles, paragraphs and errors", async (sql) => {
    const ids = await store(sql, 2);
    const batch = await settlement(sql, ids, { failing: (id) => id === ids[1] ? "dead" : null });
    for (const each of batch.settlements) {
      if (each.kind === "processed") {
        each.title = "a\0b\x1ec\ud800";
        each.paragraphs = ["\0x\x1f", "\x1ey𠀀\udc00"];
      } else each.failure.message = "no\0pe \ud83d";
    }
    await settleBatch(sql, batch);
    assert.deepEqual([...await sql`SELECT title FROM titles`], [{ title: "abc\ufffd" }]);
    assert.deepEqual([...await sql`SELECT content FROM contents ORDER BY position`], [
      { content: "x" },
      { content: "y𠀀\ufffd" },
    ]);
    assert.deepEqual([...await sql`SELECT error FROM attempts`], [{ error: "nope \ufffd" }]);
  });

  test("an error is stored in full with its attempt, and truncated with the state", async (sql) => {
    const [id = 0] = await store(sql, 1);
    const batch = await settlement(sql, [id], { failing: () => "dead" });
    const [failed] = batch.settlements;
    assert.ok(failed?.kind === "failed");
    // Incompressible four-byte characters, so that the full text exceeds an index entry.
    failed.failure.message = Array.from(
      { length: 5_000 },
      (_, n) => String.fromCodePoint(0x20000 + n * 7919 % 42_000),
    ).join("");
    failed.fingerprint = fingerprint(failed.failure);
    await settleBatch(sql, batch);
    const [kept] = await sql`
      SELECT char_length(attempts.error) AS attempt, char_length(article_states.error) AS state
      FROM attempts JOIN article_states USING (article_id)`;
    assert.deepEqual(kept, { attempt: 5_000, state: 400 });
  });

  test("an article that fails and is then processed keeps its failed attempts", async (sql) => {
    const [id = 0] = await store(sql, 1);
    for (const next of ["retry", "retry", null] as const) {
      await settleBatch(sql, await settlement(sql, [id], { failing: () => next }));
    }
    const [state] = await sql`
      SELECT state, tries, revision, due_at, error, first_failed_at, last_failed_at IS NOT NULL AS failed
      FROM article_states`;
    assert.deepEqual(state, {
      state: "processed",
      tries: 2,
      revision: 4,
      dueAt: null,
      error: `boo ${id}`,
      // A resolved failure is no longer counted; the attempts record it.
      firstFailedAt: null,
      failed: true,
    });
    assert.deepEqual([...await sql`SELECT try FROM attempts ORDER BY at`], [{ try: 1 }, {
      try: 2,
    }]);
  });
}
