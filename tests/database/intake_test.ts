import assert from "node:assert/strict";
import { listArticles } from "../../lib/database/articles.ts";
import { findGroup } from "../../lib/database/groups.ts";
import {
  deleteOutbox,
  findBySource,
  hasArticles,
  insertArticles,
  staleOutbox,
} from "../../lib/database/intake.ts";
import { DATABASES } from "../support/database.ts";
import { article } from "./produce.ts";

for (const { kind, ignore, open } of DATABASES) {
  Deno.test({
    name: `${kind}: articles are taken in once, and found again`,
    ignore,
    async fn(t) {
      await using opened = await open();
      const { sql } = opened;

      await t.step("a source that came before, or twice, is a duplicate", async () => {
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

      await t.step("new ids are noted until the queue has them", async () => {
        const notes = await staleOutbox(sql, 0, 10);
        assert.equal(notes[0]?.articleIds.length, 4);
        assert.deepEqual(await staleOutbox(sql, 60_000, 10), []);
        for (const { id } of notes) await deleteOutbox(sql, id);
        assert.deepEqual(await staleOutbox(sql, 0, 10), []);
      });

      await t.step("a group is made with its first article", async () => {
        assert.equal(await findGroup(sql, "旅行"), null);
        await insertArticles(sql, [article({ group: "旅行" }), article({ group: "旅行" })]);
        const groupId = await findGroup(sql, "旅行") ?? assert.fail();
        const { rows } = await listArticles(sql, { groupId }, { limit: 10 });
        assert.deepEqual(rows.map(({ group }) => group), ["旅行", "旅行"]);
      });

      await t.step(
        "lists are by state, source, and text in the title, page after page",
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
    },
  });
}
