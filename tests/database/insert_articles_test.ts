import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { ARTICLE_FIELDS } from "../../lib/article/article_fields.ts";
import { listArticles } from "../../lib/database/list_articles.ts";
import { findGroup } from "../../lib/database/groups.ts";
import {
  readImport,
  resumeImport,
  startImport,
  stopImportsOf,
  updateImport,
} from "../../lib/database/imports.ts";
import { insertArticles } from "../../lib/database/insert_articles.ts";
import { hasArticles } from "../../lib/database/list_articles.ts";
import { findBySource } from "../../lib/database/find_duplicates.ts";
import { deleteOutbox, staleOutbox } from "../../lib/database/outbox.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { acceptArticles, type AcceptParts } from "../../lib/intake/accept.ts";
import { importArticles } from "../../lib/intake/import_articles.ts";
import { recordedImport } from "../../lib/intake/recorded_import.ts";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { incoming } from "../support/incoming.ts";
import { DATABASES } from "../support/database.ts";
import { article } from "./produce.ts";

/** The parts of a node without a processor. */
function acceptParts(sql: Sql): AcceptParts {
  return {
    database: { sql },
    queue: createMemoryQueue({ publish() {} }),
    reporter: { publish() {} },
    logger: getLogger("test"),
    outages: { noted() {} },
  };
}

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: articles are stored once and can be listed`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { sql } = opened;

      await t.step("a repeated source is a duplicate", async () => {
        assert.equal(await hasArticles(sql), false);
        const first = await insertArticles(sql, [
          article({ source: "a" }),
          article({ source: "b" }),
          article({ source: "a", title: "another" }),
          article(),
          article(),
        ]);
        assert.deepEqual(first.inserted.map(({ index }) => index), [0, 1, 3, 4]);
        assert.equal(first.duplicates, 1);
        const again = await insertArticles(sql, [article({ source: "b" })]);
        assert.deepEqual(again, { inserted: [], duplicates: 1, outboxId: null });
        assert.equal(await findBySource(sql, "b"), first.inserted[1]?.id);
        assert.equal(await findBySource(sql, "c"), null);
        assert.equal(await hasArticles(sql), true);
      });

      await t.step("every other column of an article is a field of the table", async () => {
        const columns = await sql<{ name: string }[]>`
          SELECT attname::text AS name FROM pg_attribute
          WHERE attrelid = 'original_articles'::regclass AND attnum > 0 AND NOT attisdropped`;
        const own = ["id", "source", "group_id", "title", "content", "created_at", "import_id"];
        const fields = Object.values(ARTICLE_FIELDS).map(({ column }) => column);
        assert.deepEqual(columns.map(({ name }) => name).sort(), [...own, ...fields].sort());
      });

      await t.step("a node that starts again stops the imports of its dead process", async () => {
        const figures = noFigures();
        const start = (node: string) =>
          startImport(sql, { name: null, by: "admin", node, figures });
        const [lost, other] = [await start("a"), await start("b")];
        const states = async () =>
          [await readImport(sql, lost), await readImport(sql, other)].map((one) => one?.state);
        await stopImportsOf(sql, "a");
        assert.deepEqual(await states(), ["stopped", "running"]);
        assert.equal((await resumeImport(sql, lost, "b"))?.state, "running");
        await updateImport(sql, lost, { node: "a", state: "stopped", figures });
        assert.deepEqual(await states(), ["running", "running"], "another node has resumed it");
      });

      await t.step("an import is resumable until it finishes", async () => {
        const [node, figures] = ["a", noFigures()];
        const id = await startImport(sql, { name: null, by: "admin", node, figures });
        assert.equal((await readImport(sql, id))?.resumable, true);
        await updateImport(sql, id, { node, state: "finished", figures });
        assert.equal((await readImport(sql, id))?.resumable, false);
        assert.equal(await resumeImport(sql, id, node), null);
      });

      await t.step("new ids stay in the outbox until the queue has them", async () => {
        const notes = await staleOutbox(sql, 0, 10);
        assert.equal(notes[0]?.articleIds.length, 4);
        assert.deepEqual(await staleOutbox(sql, 60_000, 10), []);
        for (const { id } of notes) await deleteOutbox(sql, id);
        assert.deepEqual(await staleOutbox(sql, 0, 10), []);
      });

      await t.step("an article whose id has a state already is pending, and noted", async () => {
        const [{ last } = { last: 0 }] = await sql<{ last: number }[]>`
          SELECT max(id)::int8 AS last FROM original_articles`;
        await sql`
          INSERT INTO article_states (article_id, state, tries, reason, error) VALUES
            (${last + 1}, 'dead', 4, 'missing', 'no article'),
            (${last + 2}, 'retry', 1, 'missing', 'no article'),
            (${last + 3}, 'pending', 0, NULL, NULL)`;
        await sql`
          INSERT INTO original_articles (id, title, content)
          SELECT id, 't', 'c' FROM generate_series(${last + 1}::int8, ${last + 4}::int8) AS id`;
        const states = await sql`
          SELECT state, revision, tries FROM article_states WHERE article_id > ${last}
          ORDER BY article_id`;
        assert.deepEqual(states.map((row) => ({ ...row })), [
          { state: "pending", revision: 2, tries: 0 },
          { state: "pending", revision: 2, tries: 0 },
          { state: "pending", revision: 1, tries: 0 },
          { state: "pending", revision: 1, tries: 0 },
        ]);
        const [note] = await staleOutbox(sql, 0, 10);
        assert.deepEqual(note?.articleIds, [last + 1, last + 2]);
        await deleteOutbox(sql, note?.id ?? 0);
        await sql`DELETE FROM original_articles WHERE id > ${last}`;
        await sql`DELETE FROM article_states WHERE article_id > ${last}`;
      });

      await t.step("a group is created with its first article", async () => {
        assert.equal(await findGroup(sql, "旅行"), null);
        await insertArticles(sql, [article({ group: "旅行" }), article({ group: "旅行" })]);
        const groupId = await findGroup(sql, "旅行") ?? assert.fail();
        const { rows } = await listArticles(sql, { groupId }, { limit: 10 });
        assert.deepEqual(rows.map(({ group }) => group), ["旅行", "旅行"]);
      });

      await t.step(
        "lists are filtered by state, source and title text, and paginated",
        async () => {
          const titles = ["银行与行人", "行人", "Night Train", "100%_sure", "🚂 火车"];
          await insertArticles(sql, titles.map((title) => article({ title, source: title })));
          const found = async (text: string) =>
            (await listArticles(sql, { text }, { limit: 10 })).rows.map(({ title }) => title);
          assert.deepEqual(await found("行人"), ["行人", "银行与行人"]);
          assert.deepEqual(await found("night t"), ["Night Train"]);
          assert.deepEqual(await found("%_"), ["100%_sure"]);
          assert.deepEqual(await found("🚂"), ["🚂 火车"]);
          assert.deepEqual(await found("nowhere"), []);
          const bySource = await listArticles(sql, { source: "行人" }, { limit: 10 });
          assert.equal(bySource.rows.length, 1);
          assert.deepEqual((await listArticles(sql, { state: "dead" }, { limit: 10 })).rows, []);

          const all: number[] = [];
          for (let cursor: number | null = null;;) {
            const page = await listArticles(sql, { state: "pending" }, { cursor, limit: 3 });
            all.push(...page.rows.map(({ id }) => id));
            if (page.cursor === null) break;
            cursor = page.cursor;
          }
          assert.equal(all.length, 11);
          assert.deepEqual(all, all.toSorted((one, other) => other - one));
        },
      );

      await t.step("lists are by import, whatever was stored in between", async () => {
        const ofImport = (id: number, from: number) =>
          insertArticles(
            sql,
            [1, 2].map((n) => article({ title: `${id}`, source: `import ${id} ${from + n}` })),
            id,
          );
        await ofImport(71, 0);
        await ofImport(72, 0);
        await ofImport(71, 2);
        const listed = async (importId: number, cursor: number | null) =>
          await listArticles(sql, { importId }, { cursor, limit: 3 });
        const first = await listed(71, null);
        const second = await listed(71, first.cursor);
        assert.deepEqual([...first.rows, ...second.rows].map(({ source }) => source), [
          "import 71 4",
          "import 71 3",
          "import 71 2",
          "import 71 1",
        ]);
        assert.equal((await listed(73, null)).rows.length, 0);
      });

      await t.step("lists are by the time of intake, whatever the order of the ids", async () => {
        const day = 86_400_000;
        const noon = Date.UTC(2020, 0, 15, 12);
        const titles = ["one", "two", "three", "four", "five"];
        await insertArticles(sql, titles.map((title) => article({ title, source: title })));
        // "two" is a day older than its neighbors.
        for (const [index, title] of titles.entries()) {
          const at = noon + (title === "two" ? -day : 0) + (title === "five" ? day : 0) + index;
          await sql`
            UPDATE original_articles SET created_at = ${at}::timestamptz WHERE title = ${title}`;
        }
        const within = async (since?: number, until?: number, text?: string) =>
          (await listArticles(sql, { since, until, text }, { limit: 10 })).rows
            .map(({ title }) => title);
        const midnight = noon - day / 2;
        assert.deepEqual(await within(midnight, midnight + day), ["four", "three", "one"]);
        assert.deepEqual(await within(midnight - day, midnight), ["two"]);
        assert.deepEqual(await within(undefined, midnight + day, "o"), ["four", "two", "one"]);
        assert.deepEqual(await within(midnight + day, midnight + 2 * day), ["five"]);
        assert.deepEqual(await within(undefined, midnight - day), []);
        assert.equal((await within(Date.now() + day)).length, 0);
      });

      await t.step(
        "a resumed import counts articles that were stored, but not recorded",
        async () => {
          const parts = acceptParts(sql);
          const titled = (names: string) =>
            names.split(" ").map((title) => incoming({ title, content: "resumed" }));
          await acceptArticles(parts, titled("x"));
          const origin = { name: null, by: "admin", node: "a", gone: new AbortController().signal };
          const records = async function* (names: string) {
            yield titled(names).map((one, n) => ({
              kind: "article" as const,
              line: n,
              article: one,
            }));
          };
          const run = (names: string, resume: number | null) =>
            recordedImport(
              sql,
              { ...origin, resume },
              ({ id, from, unrecorded, noted }) =>
                importArticles(
                  records(names),
                  (chunk) => acceptArticles(parts, chunk, { importId: id, unrecorded }),
                  { from, onProgress: noted },
                ),
            );
          const { id = 0, ...figures } = await run("a b a", null);
          assert.deepEqual([figures.accepted, figures.duplicates], [2, 1]);
          // The node dies before it records these.
          await acceptArticles(parts, titled("c d c"), { importId: id });
          await updateImport(sql, id, { node: "a", state: "stopped", figures });

          const { accepted, duplicates } = await run("c d c a x e e f", id);
          // The new ones are c, d, e and f; the second c is a duplicate, as are a, x and the second e.
          assert.deepEqual([accepted, duplicates], [2 + 4, 1 + 4]);
        },
      );
    },
  });
}
