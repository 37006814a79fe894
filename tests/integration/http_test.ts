import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";

const json = { "content-type": "application/json" };

/** What an endpoint answered: its status, and its whole body. */
async function ask(node: Millrace, method: string, path: string, body?: unknown) {
  const init = body === undefined ? { method } : {
    method,
    headers: json,
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
  const response = await node.fetch(path, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The data of an answer that must be a success. */
async function data(node: Millrace, method: string, path: string, body?: unknown) {
  const answer = await ask(node, method, path, body);
  assert.equal(answer.body.success, true, JSON.stringify(answer.body));
  assert.ok(answer.status < 300);
  return answer.body.data;
}

/** The message of an answer that must be a refusal with this status. */
async function refusal(
  node: Millrace,
  status: number,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const answer = await ask(node, method, path, body);
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.success, false);
  assert.equal(typeof answer.body.message, "string");
  return answer.body.message;
}

Deno.test("a node answers as docs/api.md says", async (t) => {
  await using node = await startMillrace();

  await t.step("liveness, readiness, metrics", async () => {
    assert.deepEqual(await data(node, "GET", "/healthz"), { alive: true });
    assert.deepEqual(await data(node, "GET", "/readyz"), { broker: "ready", database: "ready" });
    const metrics = await node.fetch("/metrics");
    assert.match(metrics.headers.get("content-type") ?? "", /^text\/plain/);
    assert.match(await metrics.text(), /^millrace_processed_total 0$/m);
  });

  await t.step("the status has the nine fields of the contract, with their types", async () => {
    const status = await data(node, "GET", "/api/processor/status");
    const contract = {
      running: "boolean",
      workers: "number",
      queue_pending: "number",
      queue_retry: "number",
      queue_dead: "number",
      processed_total: "number",
      processed_today: "number",
      speed: "number",
    };
    for (const [name, type] of Object.entries(contract)) {
      assert.equal(typeof status[name], type, name);
    }
    assert.equal(status.last_error, null);
  });

  await t.step("the settings have their defaults, and can be changed in part", async () => {
    const settings = await data(node, "GET", "/api/processor/config");
    const { enabled, concurrency, retry_max, min_paragraph_length, batch_size } = settings;
    assert.deepEqual([enabled, retry_max, min_paragraph_length, batch_size], [true, 3, 20, 50]);
    assert.ok(concurrency >= 1 && concurrency <= 3);
    const changed = await data(node, "PUT", "/api/processor/config", { retry_max: 1 });
    assert.deepEqual(changed, { ...settings, retry_max: 1 });
    assert.deepEqual(await data(node, "GET", "/api/processor/config"), changed);
    assert.deepEqual(await data(node, "PUT", "/api/processor/config", {}), changed);
  });

  await t.step("a setting that cannot be is refused by name, and nothing is changed", async () => {
    const before = await data(node, "GET", "/api/processor/config");
    const faults: [unknown, RegExp][] = [
      [{ concurrency: 0 }, /^concurrency must be a whole number from 1 to 32$/],
      [{ concurrency: 33 }, /^concurrency/],
      [{ retry_max: 11 }, /^retry_max must be a whole number from 0 to 10$/],
      [{ min_paragraph_length: 501 }, /^min_paragraph_length must .* 1 to 500$/],
      [{ batch_size: 201 }, /^batch_size must .* 1 to 200$/],
      [{ batch_size: 1.5 }, /^batch_size/],
      [{ enabled: "yes" }, /^enabled must be true or false$/],
      [{ workers: 3 }, /^workers is unknown$/],
      [{ retry_max: 2, workers: 3 }, /^workers is unknown$/],
      [[], /^the body/],
      ["{", /^The body is not JSON/],
    ];
    for (const [body, expected] of faults) {
      assert.match(await refusal(node, 400, "PUT", "/api/processor/config", body), expected);
    }
    const plain = await node.fetch("/api/processor/config", { method: "PUT", body: "retry_max=1" });
    assert.equal(plain.status, 415);
    await plain.body?.cancel();
    assert.deepEqual(await data(node, "GET", "/api/processor/config"), before);
  });

  await t.step("stop and start are obeyed", async () => {
    assert.deepEqual(await data(node, "POST", "/api/processor/stop"), { enabled: false });
    const running = async () => (await data(node, "GET", "/api/processor/status")).running;
    await eventually(async () => assert.equal(await running(), false));
    assert.equal((await data(node, "GET", "/api/processor/config")).enabled, false);
    assert.deepEqual(await data(node, "POST", "/api/processor/start"), { enabled: true });
    await eventually(async () => assert.equal(await running(), true));
  });

  let id = 0;
  await t.step("an article is taken in, processed, and found again", async () => {
    const content = "<p>一个足够长的段落，用来看看整条流水线是否真的把它处理完了。</p>";
    const created = await ask(node, "POST", "/api/articles", {
      title: "第一篇",
      content,
      source: "feed-1",
      group: "试验",
    });
    assert.equal(created.status, 201);
    ({ id } = created.body.data);
    assert.equal(typeof id, "number");
    await eventually(async () => {
      const { articles } = await data(node, "GET", "/api/articles?state=processed");
      assert.deepEqual(articles.map((each: { id: number }) => each.id), [id]);
    });
    const { articles, next } = await data(node, "GET", "/api/articles?text=第一&group=试验");
    assert.equal(next, null);
    const [{ title, source, group, state, paragraphs, tries }] = articles;
    assert.deepEqual(
      { title, source, group, state, paragraphs, tries },
      {
        title: "第一篇",
        source: "feed-1",
        group: "试验",
        state: "processed",
        paragraphs: 1,
        tries: 0,
      },
    );
    const stats = await data(node, "GET", "/api/processor/stats");
    assert.deepEqual([stats.total_processed, stats.total_failed, stats.total_retried], [1, 0, 0]);
    assert.ok(stats.avg_processing_ms > 0);
    assert.ok(Date.parse(stats.updated_at) > 0);
  });

  await t.step("an article with a source that is there already is refused by its id", async () => {
    const twice = { title: "again", content: "x", source: "feed-1" };
    assert.equal(
      await refusal(node, 409, "POST", "/api/articles", twice),
      `Article ${id} has the source feed-1 already`,
    );
  });

  await t.step("an article that cannot be is refused with each of its faults", async () => {
    const faults: [unknown, RegExp][] = [
      [{ title: "x" }, /content is missing/],
      [{ title: 1, content: "x" }, /title must be text/],
      [{ title: "x", content: "x", group_id: 0 }, /group_id must be a whole number/],
      [{ title: "x", content: "x", group_id: 1, group: "y" }, /cannot both be given/],
      [[], /not a JSON object/],
    ];
    for (const [body, expected] of faults) {
      assert.match(await refusal(node, 400, "POST", "/api/articles", body), expected);
    }
    const long = { title: "x", content: "y".repeat(3 * 1024 * 1024) };
    assert.match(await refusal(node, 413, "POST", "/api/articles", long), /longer than/);
  });

  await t.step("lists come in pages, newest first", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) {
      const body = { title: `page ${n}`, content: "x", group: "pages" };
      ids.unshift((await data(node, "POST", "/api/articles", body)).id);
    }
    const seen: number[] = [];
    let cursor = "";
    for (let pages = 0; pages < 10; pages++) {
      const page = await data(node, "GET", `/api/articles?group=pages&limit=2${cursor}`);
      assert.ok(page.articles.length <= 2);
      seen.push(...page.articles.map((each: { id: number }) => each.id));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    assert.deepEqual(seen, ids);
    const none = await data(node, "GET", "/api/articles?group=nobody");
    assert.deepEqual(none, { articles: [], next: null });
  });

  await t.step("a query that cannot be is refused by name", async () => {
    const faults: [string, RegExp][] = [
      ["/api/articles?state=lost", /^state must be one of pending, retry,/],
      ["/api/articles?limit=0", /^limit must be a whole number from 1 to 200$/],
      ["/api/articles?cursor=x", /^cursor must be a whole number/],
      ["/api/articles?colour=red", /^colour is unknown$/],
      ["/api/articles?limit=1&limit=2", /^limit is given twice$/],
      ["/api/processor/history", /^span must be 5m, 1h, 24h or 7d$/],
      ["/api/processor/history?span=1y", /^span must be/],
      ["/api/processor/history?span=5m&until=9007199254740991", /^until must be a whole number/],
      ["/api/processor/logs?level=info&level=loud", /^level\.1 must be one of debug, info,/],
      ["/api/processor/logs?article=first", /^article must be a whole number/],
      ["/api/processor/logs?format=xml", /^format must be json or text$/],
      ["/api/processor/logs?colour=red", /^colour is unknown$/],
      ["/api/articles?cursor=-1", /^cursor must be a whole number/],
      ["/api/articles?limit=-5", /^limit must be/],
      ["/api/articles?text=%00", /^text must not hold NUL/],
      ["/api/articles?source=a%00", /^source must not hold NUL/],
      ["/api/articles?group=%00", /^group must not hold NUL/],
      ["/api/failures?text=%00", /^text must not hold NUL/],
      ["/api/failures/causes?fingerprint=%00", /^fingerprint must not hold NUL/],
      ["/api/failures/count?text=%00", /^text must not hold NUL/],
    ];
    for (const [path, expected] of faults) {
      assert.match(await refusal(node, 400, "GET", path), expected);
    }
  });

  await t.step("a cursor beyond all articles begins with the newest", async () => {
    const newest = await data(node, "GET", "/api/articles?limit=1");
    const beyond = await data(node, "GET", "/api/articles?limit=1&cursor=9007199254740991");
    assert.deepEqual(beyond, newest);
    const none = await data(node, "GET", "/api/failures?cursor=9007199254740991");
    assert.deepEqual(none, { articles: [], next: null });
  });

  await t.step("an id that no article can have is not there", async () => {
    for (const id of ["0", "-1", "1e3", "9007199254740991", "99999999999999999999", "%00"]) {
      await refusal(node, 404, "GET", `/api/articles/${id}`);
      await refusal(node, 404, "POST", `/api/articles/${id}/process`);
      await refusal(node, 404, "GET", `/api/operations/${id}`);
      await refusal(node, 404, "POST", `/api/operations/${id}/undo`);
    }
  });

  await t.step("pages and forms take whatever they are asked, and none breaks", async () => {
    const pages = [
      "/articles?q=%00&source=%00&group=%00&cursor=999999999999999&state=x",
      "/articles?q=%25_%5B%28.%2A%5C",
      "/failures?q=%00&cause=%00&cursor=999999999999999&ask=clear&of=selection&id=-1&id=x",
    ];
    for (const path of pages) {
      const response = await node.fetch(path);
      await response.body?.cancel();
      assert.equal(response.status, 200, path);
    }
    for (const query of ["text=x", "q=a&q=b", "format=xml", "state=x", "limit=1"]) {
      const response = await node.fetch(`/failures/export?${query}`);
      await response.body?.cancel();
      assert.equal(response.status, 400, query);
    }
    for (const path of ["/actions/articles/process", "/import"]) {
      const response = await node.fetch(path, { method: "POST" });
      await response.body?.cancel();
      assert.equal(response.status, 400, `${path} without a form`);
    }
    const forms: [string, string, number][] = [
      ["/actions/articles/process", "id=", 404],
      ["/actions/articles/process", "id=1.5", 404],
      ["/actions/failures/undo", "operation=x", 404],
      ["/actions/failures/start", "kind=other", 400],
      ["/actions/failures/start", "kind=clear&state=retry", 400],
      ["/actions/failures/start", "kind=retry&until=soon", 400],
      ["/import", "text=+", 400],
    ];
    for (const [path, body, status] of forms) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const response = await node.fetch(path, { method: "POST", headers, body });
      await response.body?.cancel();
      assert.equal(response.status, status, `${path} ${body}`);
    }
    const packed = new FormData();
    packed.set("file", new File(["no gzip"], "a.jsonl.gz"));
    const response = await node.fetch("/import", { method: "POST", body: packed });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /Cannot unpack the gzip data/);
  });

  await t.step("history has samples of each span", async () => {
    for (const [span, step] of [["5m", 1], ["1h", 10], ["24h", 300], ["7d", 1800]]) {
      await eventually(async () => {
        const series = await data(node, "GET", `/api/processor/history?span=${span}`);
        assert.equal(series.step_seconds, step);
        assert.equal(typeof series.samples.at(-1).processed, "number");
      });
    }
  });

  await t.step("what is not there, and what is not done that way, is said in JSON", async () => {
    assert.equal(await refusal(node, 404, "GET", "/api/nope"), "There is no /api/nope");
    await refusal(node, 404, "POST", "/api/articles/0/nope");
    const dance = await refusal(node, 404, "POST", "/api/processor/nodes/any/dance");
    assert.equal(dance, "dance is none of pause, resume");
    const answer = await ask(node, "DELETE", "/api/processor/status");
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get("allow"), "GET, HEAD");
    assert.equal(answer.body.message, "This address answers GET, HEAD only");
    await refusal(node, 405, "GET", "/api/processor/start");
    assert.match(await refusal(node, 405, "BREW", "/api/articles"), /^BREW .* is not answered$/);
    await refusal(node, 404, "POST", "/api/processor/nodes/x/dance");
    await refusal(node, 426, "GET", "/ws/processor-status");
    await refusal(node, 400, "GET", "/ws/processor-logs?since=x");
  });

  await t.step("HEAD is answered as GET, without a body", async () => {
    const response = await node.fetch("/api/processor/status", { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
  });

  await t.step("answers are of this moment, and every page is guarded", async () => {
    const api = await node.fetch("/api/processor/status");
    await api.body?.cancel();
    assert.equal(api.headers.get("cache-control"), "no-store");
    const page = await node.fetch("/");
    await page.body?.cancel();
    const missing = await node.fetch("/nothing");
    await missing.body?.cancel();
    assert.equal(missing.status, 404);
    for (const { headers } of [api, page, missing]) {
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("referrer-policy"), "same-origin");
      const policy = headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe-inline|upgrade-insecure-requests/);
    }
  });
});
