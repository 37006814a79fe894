import assert from "node:assert/strict";
import { requestData, requestError, requestJson } from "../support/request_json.ts";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test("a node implements docs/api.md", async (t) => {
  await using node = await startMillrace();

  await t.step("liveness, readiness, metrics", async () => {
    assert.deepEqual(await requestData(node, "GET", "/healthz"), { alive: true });
    assert.deepEqual(await requestData(node, "GET", "/readyz"), {
      broker: "ready",
      database: "ready",
    });
    const metrics = await node.fetch("/metrics");
    assert.match(metrics.headers.get("content-type") ?? "", /^text\/plain/);
    assert.match(await metrics.text(), /^millrace_processed_total 0$/m);
  });

  await t.step("the status has the nine fields of the contract, with their types", async () => {
    const status = await requestData(node, "GET", "/api/processor/status");
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
    const settings = await requestData(node, "GET", "/api/processor/config");
    const { enabled, concurrency, retry_max, min_paragraph_length, batch_size } = settings;
    assert.deepEqual([enabled, retry_max, min_paragraph_length, batch_size], [true, 3, 20, 50]);
    assert.ok(concurrency >= 1 && concurrency <= 3);
    const changed = await requestData(node, "PUT", "/api/processor/config", { retry_max: 1 });
    assert.deepEqual(changed, { ...settings, retry_max: 1 });
    assert.deepEqual(await requestData(node, "GET", "/api/processor/config"), changed);
    assert.deepEqual(await requestData(node, "PUT", "/api/processor/config", {}), changed);
  });

  await t.step("an invalid setting is rejected by name, and nothing changes", async () => {
    const before = await requestData(node, "GET", "/api/processor/config");
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
      assert.match(await requestError(node, 400, "PUT", "/api/processor/config", body), expected);
    }
    const plain = await node.fetch("/api/processor/config", { method: "PUT", body: "retry_max=1" });
    assert.equal(plain.status, 415);
    await plain.body?.cancel();
    assert.deepEqual(await requestData(node, "GET", "/api/processor/config"), before);
  });

  await t.step("stop and start take effect", async () => {
    assert.deepEqual(await requestData(node, "POST", "/api/processor/stop"), { enabled: false });
    const running = async () => (await requestData(node, "GET", "/api/processor/status")).running;
    await eventually(async () => assert.equal(await running(), false));
    assert.equal((await requestData(node, "GET", "/api/processor/config")).enabled, false);
    assert.deepEqual(await requestData(node, "POST", "/api/processor/start"), { enabled: true });
    await eventually(async () => assert.equal(await running(), true));
  });

  let id = 0;
  await t.step("an article is stored, processed, and listed", async () => {
    const content = "<p>一个足够长的段落，用来看看整条流水线是否真的把它处理完了。</p>";
    const created = await requestJson(node, "POST", "/api/articles", {
      title: "第一篇",
      content,
      source: "feed-1",
      group: "试验",
    });
    assert.equal(created.status, 201);
    ({ id } = created.body.data);
    assert.equal(typeof id, "number");
    await eventually(async () => {
      const { articles } = await requestData(node, "GET", "/api/articles?state=processed");
      assert.deepEqual(articles.map((each: { id: number }) => each.id), [id]);
    });
    const { articles, next } = await requestData(node, "GET", "/api/articles?text=第一&group=试验");
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
    const stats = await requestData(node, "GET", "/api/processor/stats");
    assert.deepEqual([stats.total_processed, stats.total_failed, stats.total_retried], [1, 0, 0]);
    assert.ok(stats.avg_processing_ms > 0);
    assert.ok(Date.parse(stats.updated_at) > 0);
  });

  await t.step("an article with an existing source is rejected with its id", async () => {
    const twice = { title: "again", content: "x", source: "feed-1" };
    assert.equal(
      await requestError(node, 409, "POST", "/api/articles", twice),
      `Article ${id} has the source feed-1 already, with another text; ?update=true replaces it`,
    );
  });

  await t.step("an invalid article is rejected with all of its errors", async () => {
    const faults: [unknown, RegExp][] = [
      [{ title: "x" }, /content is missing/],
      [{ title: {}, content: "x" }, /title must be text/],
      [{ title: "x", content: "x", group_id: 0 }, /group_id must be a whole number/],
      [{ title: "x", content: "x", group_id: 1, group: "y" }, /cannot both be given/],
      [[], /the array has no article/],
    ];
    for (const [body, expected] of faults) {
      assert.match(await requestError(node, 400, "POST", "/api/articles", body), expected);
    }
    const long = { title: "x", content: "y".repeat(3 * 1024 * 1024) };
    assert.match(await requestError(node, 413, "POST", "/api/articles", long), /longer than/);
  });

  await t.step("lists are paginated, newest first", async () => {
    const ids: number[] = [];
    for (let n = 0; n < 5; n++) {
      const body = { title: `page ${n}`, content: "x", group: "pages" };
      ids.unshift((await requestData(node, "POST", "/api/articles", body)).id);
    }
    const seen: number[] = [];
    let cursor = "";
    for (let pages = 0; pages < 10; pages++) {
      const page = await requestData(node, "GET", `/api/articles?group=pages&limit=2${cursor}`);
      assert.ok(page.articles.length <= 2);
      seen.push(...page.articles.map((each: { id: number }) => each.id));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    assert.deepEqual(seen, ids);
    const none = await requestData(node, "GET", "/api/articles?group=nobody");
    assert.deepEqual(none, { articles: [], next: null });
  });

  await t.step("a cursor beyond all articles starts with the newest", async () => {
    // The newest article may be processed between the two requests.
    await eventually(async () => {
      const newest = await requestData(node, "GET", "/api/articles?limit=1");
      const beyond = await requestData(
        node,
        "GET",
        "/api/articles?limit=1&cursor=9007199254740991",
      );
      assert.deepEqual(beyond, newest);
    });
    const none = await requestData(node, "GET", "/api/failures?cursor=0.1");
    assert.deepEqual(none, { articles: [], next: null });
  });

  await t.step("the history has samples of each span", async () => {
    for (const [span, step] of [["5m", 1], ["1h", 10], ["24h", 300], ["7d", 1800]]) {
      await eventually(async () => {
        const series = await requestData(node, "GET", `/api/processor/history?span=${span}`);
        assert.equal(series.step_seconds, step);
        assert.equal(typeof series.samples.at(-1).processed, "number");
      });
    }
  });

  await t.step("HEAD returns the response of GET without a body", async () => {
    const response = await node.fetch("/api/processor/status", { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
  });

  await t.step(
    "a page's title is in its head, and each mark of the timeline has its own",
    async () => {
      const titles = async (path: string) => {
        const response = await node.fetch(path, { headers: { "accept-language": "en" } });
        return [...(await response.text()).matchAll(/<title[^>]*>([^<]*)/g)].map(([, title]) =>
          title
        );
      };
      const [title, ...marks] = await titles("/events");
      assert.equal(title, "Timeline – Millrace");
      assert.ok(
        marks.length > 0 && marks.every((mark) => /^\d\d:\d\d/.test(mark ?? "")),
        marks.join(),
      );
      assert.deepEqual(await titles("/settings"), ["Settings – Millrace"]);
    },
  );

  await t.step("responses are not cached, and every page has security headers", async () => {
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
