import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";

type ApiResponse = { status: number; headers: Headers; body: { message: string; data: Data } };
// Responses are untyped here, as a client reads them; each assertion names its field.
// deno-lint-ignore no-explicit-any
type Data = any;

async function call(
  node: Millrace,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiResponse> {
  const response = await node.fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const read = text === "" ? null : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: read };
}

const lines = (...records: unknown[]) => records.map((one) => JSON.stringify(one)).join("\n");

Deno.test("an article is identified by its source, or by its text", async (t) => {
  await using node = await startMillrace({ env: { SAMPLE: "off" } });
  const importing = (query: string, ...records: unknown[]) =>
    call(node, "POST", `/api/articles/import${query}`, lines(...records));

  await t.step(
    "a source shared by several texts is not an identity, and this is reported",
    async () => {
      const records = [1, 2, 3].map((n) => ({
        title: `n${n}`,
        content: `c${n}`,
        source: "某某网",
      }));
      const { data } = (await importing("?name=a.jsonl", ...records)).body;
      assert.deepEqual([data.accepted, data.changed], [3, 0]);
      assert.match(data.warnings[0].error, /某某网 does not identify one article/);
      const again = (await importing("?name=a.jsonl", ...records)).body.data;
      assert.deepEqual([again.accepted, again.duplicates], [0, 3]);
      const another = { title: "n4", content: "c4", source: "某某网" };
      assert.equal((await importing("", another)).body.data.accepted, 1);
    },
  );

  await t.step(
    "a changed text is distinguished from a duplicate, and replaces it on request",
    async () => {
      const old = {
        title: "旧",
        content: "旧的正文，写得足够长，可以作为一个段落保留下来。",
        source: "s-1",
      };
      const changed = { ...old, title: "新", author: "某人" };
      const { newest_id: id } = (await importing("", old)).body.data;
      assert.equal((await importing("", old)).body.data.duplicates, 1);
      assert.deepEqual(pick((await importing("", changed)).body.data), [0, 0, 1, 0]);
      assert.equal((await call(node, "GET", `/api/articles/${id}`)).body.data.title, "旧");
      assert.deepEqual(pick((await importing("?update=true", changed)).body.data), [0, 0, 1, 1]);
      await eventually(async () => {
        const { data } = (await call(node, "GET", `/api/articles/${id}`)).body;
        assert.deepEqual([data.title, data.kept_title, data.author, data.state], [
          "新",
          "新",
          "某人",
          "processed",
        ]);
      });
    },
  );

  await t.step(
    "two texts of one import with a stored source are stored, however far apart they are",
    async () => {
      const [stored, second, third] = ["a", "b", "c"].map((content) => ({
        content: `${content} with the source s-2`,
        source: "s-2",
      }));
      const others = Array.from({ length: 1_100 }, (_, n) => ({ content: `other ${n}` }));
      const records = [second, ...others, third];
      assert.equal((await importing("", stored)).body.data.accepted, 1);
      for (const dry of [true, false]) {
        const { data } = (await importing(`?results=true&validate=${dry}`, ...records)).body;
        assert.deepEqual(pick(data), [records.length, 0, 0, 0], `validate=${dry}`);
        assert.match(data.warnings[0].error, /s-2 does not identify one article/);
        assert.equal(data.results[0].outcome, "accepted");
        if (dry) continue;
        const read = await call(node, "GET", `/api/articles/${data.results[0].id}`);
        assert.equal(read.body.data.content, second?.content);
      }
      const again = (await importing("", stored, ...records)).body.data;
      assert.deepEqual(pick(again), [0, records.length + 1, 0, 0]);
    },
  );

  await t.step("a dry-run import reports each record", async () => {
    const records = [{ title: "t", content: "tried" }, { title: "t" }];
    const tried = (await importing("?validate=true&results=true", ...records)).body.data;
    assert.deepEqual(tried.results.map((one: Data) => one.outcome), ["accepted", "rejected"]);
    const taken = (await importing("?results=true", ...records)).body.data;
    assert.deepEqual(taken.results.map((one: Data) => one.outcome), ["accepted", "rejected"]);
    assert.equal(taken.results[0].id, taken.newest_id);
  });

  await t.step(
    "PUT stores the article of a source, DELETE removes an article by its source or id",
    async () => {
      const path = "/api/articles?source=put-1";
      const first = await call(node, "PUT", path, { title: "a", content: "b" });
      assert.equal(first.status, 201);
      assert.match(first.headers.get("location") ?? "", /\/api\/articles\/\d+$/);
      const second = await call(node, "PUT", path, { title: "a", content: "c" });
      assert.deepEqual([second.status, second.body.data.id], [200, first.body.data.id]);
      const shown = await call(node, "GET", `/api/articles/${first.body.data.id}`);
      assert.equal(shown.body.data.content, "c");
      const other = await call(node, "PUT", path, { content: "e", source: "put-2" });
      assert.equal(other.status, 400);
      assert.match(other.body.message, /source put-2, but the address put-1/);
      const own = await call(node, "PUT", path, { title: "a", content: "c", source: "put-1" });
      assert.deepEqual([own.status, own.body.data.outcome], [200, "duplicate"]);
      const stale = { "if-match": '"another"' };
      assert.equal((await call(node, "PUT", path, { content: "d" }, stale)).status, 412);
      assert.equal((await call(node, "DELETE", path)).status, 200);
      assert.equal((await call(node, "GET", `/api/articles/${first.body.data.id}`)).status, 404);
      assert.equal((await call(node, "DELETE", path)).status, 404);

      const { id } =
        (await call(node, "POST", "/api/articles", { content: "no source" })).body.data;
      const one = `/api/articles/${id}`;
      assert.equal((await call(node, "DELETE", one, undefined, stale)).status, 412);
      assert.deepEqual((await call(node, "DELETE", one)).body.data, { id });
      assert.equal((await call(node, "GET", one)).status, 404);
      assert.equal((await call(node, "DELETE", one)).status, 404);
    },
  );

  await t.step("a shared source still identifies single records", async () => {
    const source = "up/1";
    const path = `/api/articles?source=${source}`;
    const version = (text: string) => ({ title: "t", content: text, source });
    const stored = async () =>
      (await call(node, "GET", path)).body.data.articles.map(({ id }: Data) => id);
    const first = (await call(node, "POST", "/api/articles", version("v0"))).body.data.id;

    const both = (await importing("?update=true", version("v1"), version("v2"))).body.data;
    assert.deepEqual([both.accepted, both.warnings_total], [2, 1]);
    assert.deepEqual(
      await stored(),
      [first],
      "the article that was stored before keeps its source",
    );
    const known = (await importing("?update=true", version("v0"), version("v1"))).body.data;
    assert.deepEqual([known.accepted, known.duplicates], [0, 2]);
    const one = (await importing("?update=true", version("v3"))).body.data;
    assert.equal(one.accepted, 1);
    assert.match(one.warnings[0].error, /up\/1 does not identify one article: an earlier import/);
    const tried = (await importing("?validate=true", version("v0"))).body.data;
    assert.deepEqual([tried.duplicates, tried.warnings_total], [1, 1]);

    const post = await call(node, "POST", "/api/articles", version("v4"));
    assert.deepEqual([post.status, post.body.data], [409, { id: first, outcome: "changed" }]);
    for (const text of ["v5", "v1"]) {
      const put = await call(node, "PUT", path, version(text));
      assert.deepEqual([put.status, put.body.data], [200, { id: first, outcome: "updated" }]);
    }
    assert.equal((await call(node, "GET", `/api/articles/${first}`)).body.data.content, "v1");

    const later = (await importing("?update=true", version("v2"))).body.data;
    assert.deepEqual([later.updated, later.warnings_total], [1, 0], "a PUT takes the mark back");
    assert.deepEqual((await call(node, "DELETE", path)).body.data, { id: first });
    assert.deepEqual(await stored(), []);
    const next = await call(node, "PUT", path, version("v1"));
    assert.equal(next.status, 201);
    assert.deepEqual(await stored(), [next.body.data.id]);
  });

  await t.step("an import repeats nothing when its chunks share a source", async () => {
    const between = Array.from({ length: 600 }, (_, n) => ({ content: `between ${n}` }));
    const records = [{ content: "c1", source: "c" }, ...between, { content: "c2", source: "c" }];
    const { data } = (await importing("", ...records)).body;
    assert.deepEqual([data.accepted, data.warnings_total], [602, 1]);
    const again = (await importing("", ...records)).body.data;
    assert.deepEqual([again.accepted, again.duplicates], [0, 602]);
  });

  await t.step("a repeated POST of one article is refused with the stored one's id", async () => {
    const post = (body: unknown, headers = {}) =>
      call(node, "POST", "/api/articles", body, headers);
    const article = { title: "a", content: "repeated", source: "post-1" };
    const { id } = (await post(article)).body.data;
    for (
      const [again, outcome] of [[article, "duplicate"], [{ ...article, content: "b" }, "changed"]]
    ) {
      for (const headers of [{}, { "idempotency-key": `post-1-${outcome}` }]) {
        const response = await post(again, headers);
        assert.deepEqual([response.status, response.body.data], [409, { id, outcome }]);
        assert.ok(response.headers.get("location")?.endsWith(`/api/articles/${id}`));
      }
    }
    await call(node, "DELETE", `/api/articles/${id}`);
    const last = await post({ ...article, content: "b" }, { "idempotency-key": "post-1-changed" });
    assert.equal(last.status, 201);
  });

  await t.step("an unchanged version returns 304", async () => {
    const { id } = (await call(node, "POST", "/api/articles", { content: "etag" })).body.data;
    const etag = await eventually(async () => {
      const { headers, body } = await call(node, "GET", `/api/articles/${id}`);
      assert.equal(body.data.state, "processed");
      return headers.get("etag") ?? assert.fail();
    });
    const again = await call(node, "GET", `/api/articles/${id}`, undefined, {
      "if-none-match": etag,
    });
    assert.equal(again.status, 304);
  });

  await t.step("an array is accepted with a result per article", async () => {
    const body = [{ title: "1", content: "array 1" }, { title: "2" }, {
      title: "1",
      content: "array 1",
    }];
    const { status, body: { data } } = await call(node, "POST", "/api/articles", body);
    assert.equal(status, 201);
    assert.deepEqual(data.results.map((one: Data) => [one.record, one.outcome]), [
      [1, "accepted"],
      [2, "rejected"],
      [3, "duplicate"],
    ]);
  });

  await t.step("a request with an Idempotency-Key runs once", async () => {
    const key = { "idempotency-key": "k-1" };
    const body = { title: "once", content: "once" };
    const first = await call(node, "POST", "/api/articles", body, key);
    const again = await call(node, "POST", "/api/articles", body, key);
    assert.deepEqual([again.status, again.body], [first.status, first.body]);
    assert.equal(JSON.stringify(again.body), JSON.stringify(first.body));
    for (const name of ["location", "etag", "content-type"]) {
      assert.ok(first.headers.get(name), name);
      assert.equal(again.headers.get(name), first.headers.get(name));
    }
    assert.equal(again.headers.get("idempotency-replayed"), "true");
    const other = await call(node, "POST", "/api/articles", { content: "other" }, key);
    assert.equal(other.status, 422);
  });

  await t.step("groups are listed, and unknown parameters are rejected", async () => {
    await importing("?group=新闻", { content: "in a group" });
    const { groups } = (await call(node, "GET", "/api/groups")).body.data;
    assert.ok(groups.some((group: Data) => group.name === "新闻"));
    const { status, body } = await importing("?color=red", { content: "x" });
    assert.deepEqual([status, body.message], [400, "color is unknown"]);
    assert.match(
      (await importing("?map=color:x", { content: "x" })).body.message,
      /^map can name/,
    );
  });

  await t.step("above the maximum number of pending articles, requests get 429", async () => {
    await call(node, "POST", "/api/processor/stop");
    await call(node, "PUT", "/api/processor/config", { most_waiting: 1 });
    await eventually(async () => {
      await importing("", { content: `waits ${crypto.randomUUID()}` });
      const { status, headers } = await call(node, "POST", "/api/articles", { content: "full" });
      assert.equal(status, 429);
      assert.ok(Number(headers.get("retry-after")) > 0);
    });
    assert.equal((await importing("", { content: "full, too" })).status, 429);
  });
});

function pick({ accepted, duplicates, changed, updated }: Data): number[] {
  return [accepted, duplicates, changed, updated];
}
