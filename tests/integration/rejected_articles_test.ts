import assert from "node:assert/strict";
import { openClient } from "../../lib/database/postgres_client.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startPostgres, withPostgres } from "../support/postgres.ts";

const MARK = "[[rejected]]";

const article = (name: string, content = "It is stored.") => ({
  source: name,
  title: name,
  content: `${content} ${name}`,
});
const marked = (name: string) => article(name, MARK);

async function send(node: Millrace, method: string, path: string, body: unknown) {
  const response = await node.fetch(path, {
    method,
    headers: {
      "content-type": path.includes("import") ? "application/x-ndjson" : "application/json",
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const { data, message } = await response.json();
  return { status: response.status, headers: response.headers, data, message };
}

Deno.test({
  ...withPostgres("an article that Postgres rejects is named, and the others are stored"),
  async fn(t) {
    await using server = await startPostgres();
    await using node = await startMillrace({ env: { DATABASE_URL: server.url } });
    const sql = openClient({ address: { url: server.url }, max: 1 });
    await using _ = { [Symbol.asyncDispose]: () => sql.end() };
    const stored = async () => {
      const [row] = await sql`SELECT count(*)::int AS count FROM original_articles`;
      return Number(row?.count);
    };
    const ready = () =>
      eventually(async () => {
        const response = await node.fetch("/readyz");
        await response.body?.cancel();
        assert.equal(response.status, 200);
      }, 20_000);

    // A constraint of the operator, and a trigger that does not say whose fault it is.
    for (const code of ["23514", "22001", "P0001"]) {
      await sql.unsafe(`
        CREATE OR REPLACE FUNCTION reject() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'too odd' USING ERRCODE = '${code}'; END $$`);
      await sql.unsafe(`
        CREATE TRIGGER reject BEFORE INSERT OR UPDATE ON original_articles FOR EACH ROW
          WHEN (NEW.content LIKE '${MARK}%') EXECUTE FUNCTION reject()`);

      await t.step(`${code}: one article is a 400`, async () => {
        const before = await stored();
        const { status, message } = await send(node, "POST", "/api/articles", marked(code));
        assert.deepEqual([status, message], [
          400,
          "Postgres rejects it: " + explained("too odd", code),
        ]);
        assert.equal(await stored(), before);
      });

      await t.step(`${code}: of several, the others are stored`, async () => {
        const names = ["a", "b", "c", "d"].map((name) => `${code} ${name}`);
        const articles = names.map((name, i) => i === 2 ? marked(name) : article(name));
        const { status, data } = await send(node, "POST", "/api/articles", articles);
        assert.equal(status, 201);
        assert.deepEqual([data.accepted, data.rejected_total], [3, 1]);
        assert.equal(data.rejected[0].record, 3);
        assert.match(data.rejected[0].error, /Postgres rejects it: .*too odd/);
        assert.deepEqual(
          data.results.map(({ outcome }: { outcome: string }) => outcome),
          ["accepted", "accepted", "rejected", "accepted"],
        );
        const again = await send(node, "POST", "/api/articles", articles);
        assert.deepEqual([again.data.duplicates, again.data.rejected_total], [3, 1]);
      });

      await t.step(`${code}: an import names the lines`, async () => {
        const lines = Array.from({ length: 700 }, (_, i) => {
          const name = `${code} line ${i}`;
          return JSON.stringify([0, 401, 699].includes(i) ? marked(name) : article(name));
        });
        const { status, data } = await send(node, "POST", "/api/articles/import", lines.join("\n"));
        assert.equal(status, 200);
        assert.deepEqual([data.accepted, data.rejected_total], [697, 3]);
        assert.deepEqual(data.rejected.map(({ line }: { line: number }) => line), [1, 402, 700]);
      });

      await t.step(`${code}: a change that is rejected keeps the article`, async () => {
        const changed = [article(`${code} a`, "Another text."), marked(`${code} b`)];
        const { data } = await send(node, "POST", "/api/articles?update=true", changed);
        assert.deepEqual([data.updated, data.rejected_total], [1, 1]);
        const put = await send(node, "PUT", `/api/articles?source=${code}+b`, marked(code));
        assert.equal(put.status, 400);
      });
      await sql`DROP TRIGGER reject ON original_articles`;
    }

    await t.step("what Postgres rejects from every article is an outage", async () => {
      await sql`ALTER TABLE original_articles ADD CONSTRAINT none CHECK (length(title) < 0) NOT VALID`;
      const before = await stored();
      const answers = [
        await send(node, "POST", "/api/articles", article("later")),
        await send(node, "POST", "/api/articles", [article("later"), article("last")]),
        await send(node, "POST", "/api/articles/import", JSON.stringify(article("later"))),
      ];
      for (const { status, headers } of answers) {
        assert.equal(status, 503);
        assert.ok(Number(headers.get("retry-after")) > 0);
      }
      assert.equal(await stored(), before);
      assert.equal((await node.fetch("/readyz").then(drained)).status, 503);
      await sql`ALTER TABLE original_articles DROP CONSTRAINT none`;
      await ready();
      assert.equal((await send(node, "POST", "/api/articles", article("later"))).status, 201);
      assert.doesNotMatch(node.log(), /Request failed/);
    });

    await t.step("a sequence that lags behind rejects nothing for long", async () => {
      await sql`SELECT setval(pg_get_serial_sequence('original_articles', 'id'), max(id) - 1) FROM original_articles`;
      assert.equal((await send(node, "POST", "/api/articles", article("next"))).status, 201);
    });

    await t.step("all that was stored is processed", async () => {
      await eventually(async () => {
        const [row] = await sql`
          SELECT count(*)::int AS count FROM article_states WHERE state = 'processed'`;
        assert.equal(Number(row?.count), await stored());
      }, 60_000);
      const [row] = await sql`SELECT count(*)::int AS count FROM attempts`;
      assert.equal(Number(row?.count), 0);
    });
  },
});

/** An error with an unclear cause keeps its code. */
function explained(message: string, code: string): string {
  return code.startsWith("2") ? message : `Postgres refuses: ${message} (${code})`;
}

async function drained(response: Response): Promise<Response> {
  await response.body?.cancel();
  return response;
}
