import assert from "node:assert/strict";
import { requestError, requestJson } from "../support/request_json.ts";
import { startMillrace } from "../support/millrace.ts";

Deno.test("a node rejects invalid requests with JSON that names the field", async (t) => {
  await using node = await startMillrace();

  await t.step("an invalid query is rejected by parameter", async () => {
    const faults: [string, RegExp][] = [
      ["/api/articles?state=lost", /^state must be one of pending, retry,/],
      ["/api/articles?limit=0", /^limit must be a whole number from 1 to 200$/],
      ["/api/articles?cursor=x", /^cursor must be a whole number/],
      ["/api/articles?color=red", /^color is unknown$/],
      ["/api/articles?limit=1&limit=2", /^limit is given twice$/],
      ["/api/processor/history", /^span is missing$/],
      ["/api/processor/history?span=1y", /^span must be one of 5m, 1h, 24h, 7d$/],
      ["/api/processor/history?span=5m&until=9007199254740991", /^until must be a whole number/],
      ["/api/processor/history?span=5m&until=253402214400000", /^until must be a whole number/],
      ["/api/events?since=8640000000000000", /^since must be a whole number/],
      ["/api/processor/logs?level=info&level=loud", /^level must be one of debug, info,/],
      ["/api/processor/logs?article=first", /^article must be a whole number/],
      ["/api/processor/logs?format=xml", /^format must be json or text$/],
      ["/api/processor/logs?color=red", /^color is unknown$/],
      ["/api/failures?cursor=7", /^cursor must be a cursor of an earlier response/],
      ["/api/articles?cursor=-1", /^cursor must be a whole number/],
      ["/api/articles?limit=-5", /^limit must be/],
      ["/api/articles?text=%00", /^text must not hold NUL/],
      ["/api/articles?source=a%00", /^source must not hold NUL/],
      ["/api/articles?group=%00", /^group must not hold NUL/],
      ["/api/failures?text=%00", /^text must not hold NUL/],
      ["/api/failures/causes?fingerprint=%00", /^fingerprint must not hold NUL/],
      ["/api/failures/count?text=%00", /^text must not hold NUL/],
      ["/api/failures?reason=nope", /^reason must be one of threw, timed_out,.* \(none\)$/],
      ["/api/processor/nodes?color=red", /^color is unknown$/],
      ["/api/search?q=+", /^q must not be empty$/],
      ["/api/search", /^q is missing$/],
    ];
    for (const [path, expected] of faults) {
      assert.match(await requestError(node, 400, "GET", path), expected);
    }
    for (const path of ["stop", "retry-all"]) {
      const message = await requestError(node, 400, "POST", `/api/processor/${path}?dry_run=true`);
      assert.equal(message, "dry_run is unknown");
    }
  });

  await t.step("an invalid body is rejected by field", async () => {
    const rule = {
      measure: "backlog",
      threshold: 1,
      for_seconds: 0,
      target_ids: [],
      browser: true,
    };
    const sent = { notify_resolved: true, enabled: true };
    const target = { name: "ops", kind: "slack", url: "http://localhost/", language: "en" };
    const faults: [string, object, RegExp][] = [
      ["rules", {}, /^name is missing; measure is missing; .*; enabled is missing$/],
      ["rules", { ...rule, ...sent, name: "a", target_ids: [9] }, /^There is no target 9$/],
      [
        "rules",
        { ...rule, ...sent, name: "a", target_ids: [1, "b"] },
        /^target_ids\[1\] must be a/,
      ],
      ["rules", { ...rule, ...sent, name: "a\0b" }, /^name must not hold control characters/],
      ["rules", { ...rule, ...sent, name: "\ud800" }, /^name must not hold .* surrogate pair/],
      ["targets", { ...target, secret: "" }, /^secret must not be empty; use null for no value$/],
      ["targets", { ...target, secret: "a\nb" }, /^secret must not hold control characters/],
      ["targets", { ...target, secret: null, url: "http://a/\0" }, /^url must not hold control/],
    ];
    for (const [path, body, expected] of faults) {
      assert.match(await requestError(node, 400, "POST", `/api/alerts/${path}`, body), expected);
    }
  });

  await t.step(
    "a filter that can match nothing is rejected instead of moving nothing",
    async () => {
      const faults: [object, RegExp][] = [
        [{ reason: "nope" }, /^reason must be one of threw, .* \(none\), or a list of these$/],
        [{ reason: ["threw", "nope"] }, /^reason must be one of threw/],
        [{ text: "" }, /^text must not be empty$/],
        [{ group: "" }, /^group must not be empty$/],
        [{ ids: [1, 0] }, /^ids\[1\] must be an article's id$/],
        [{ since: -1 }, /^since must be milliseconds since the epoch$/],
      ];
      for (const [body, expected] of faults) {
        for (const path of ["retry", "clear"]) {
          const message = await requestError(node, 400, "POST", `/api/failures/${path}`, body);
          assert.match(message, expected);
        }
      }
      const { status } = await requestJson(node, "POST", "/api/failures/retry", {
        reason: "(none)",
      });
      assert.equal(status, 200);
      const mute = { rule_id: 9, seconds: 60 };
      assert.equal(
        await requestError(node, 404, "POST", "/api/alerts/mute", mute),
        "There is no rule 9",
      );
    },
  );

  await t.step(
    "an array takes its articles, and rejects each other item by its number",
    async () => {
      const items = [{ content: "First." }, null, 5, { title: "Second." }, ["x"]];
      const { status, body } = await requestJson(node, "POST", "/api/articles", items);
      assert.equal(status, 201);
      assert.equal(body.data.accepted, 1);
      assert.deepEqual(body.data.rejected, [
        { line: 1, record: 2, error: "the article is not a JSON object" },
        { line: 1, record: 3, error: "the article is not a JSON object" },
        { line: 1, record: 4, error: "content is missing" },
        { line: 1, record: 5, error: "the article is not a JSON object" },
      ]);
      const faults: [unknown, RegExp][] = [
        [[], /^the array has no article$/],
        [Array(1_001).fill(null), /^the array has more than 1,000 articles; POST/],
        [5, /^the body must be a JSON object, or an array of them$/],
        ["null", /^the body must be a JSON object, or an array of them$/],
      ];
      for (const [given, expected] of faults) {
        assert.match(await requestError(node, 400, "POST", "/api/articles", given), expected);
      }
    },
  );

  await t.step("an impossible id is a 404", async () => {
    for (const id of ["0", "-1", "1e3", "9007199254740991", "99999999999999999999"]) {
      await requestError(node, 404, "GET", `/api/articles/${id}`);
      await requestError(node, 404, "POST", `/api/articles/${id}/process`);
      await requestError(node, 404, "GET", `/api/operations/${id}`);
      await requestError(node, 404, "POST", `/api/operations/${id}/undo`);
    }
  });

  await t.step("pages and forms tolerate any query", async () => {
    const pages = [
      "/articles?q=%00&source=%00&group=%00&cursor=999999999999999&state=x",
      "/articles?q=%25_%5B%28.%2A%5C",
      ...["since", "until", "minute", "from", "before", "after", "cursor"].flatMap((name) =>
        ["253402214399999", "999999999999999", "9007199254740991"].flatMap((value) =>
          ["/", "/articles", "/events", "/failures", "/logs"]
            .map((path) => `${path}?${name}=${value}`)
        )
      ),
      ...["constructor", "__proto__", "toString"].flatMap((name) => [
        ...["span", "state", "by", "a", "group", "view"].map((key) => `/?${key}=${name}`),
        ...["span", "group"].map((key) => `/events?${key}=${name}`),
        ...["rule", "measure"].map((key) => `/alerts?${key}=${name}`),
        ...["state", "reason", "of", "ask", "level"].map((key) => `/failures?${key}=${name}`),
        ...["state", "group", "day"].map((key) => `/articles?${key}=${name}`),
        ...["level", "from", "before"].map((key) => `/logs?${key}=${name}`),
        ...["done", "failed", "imported"].map((key) => `/import?${key}=${name}`),
        ...["done", "failed", "name"].map((key) => `/settings?${key}=${name}`),
        ...["done", "failed", "name"].map((key) => `/workers?${key}=${name}`),
      ]),
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
      ["/actions/failures/start", "kind=retry&reason=nope", 400],
      ["/alerts", "do=save&rule=new&name=a&measure=backlog&threshold=&for_seconds=0", 400],
      ["/alerts", "do=mute&rule=9", 404],
      ["/import", "text=+", 400],
    ];
    for (const [path, body, status] of forms) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const response = await node.fetch(path, { method: "POST", headers, body });
      await response.body?.cancel();
      assert.equal(response.status, status, `${path} ${body}`);
    }
    const packed = new FormData();
    packed.set("file", new File([Uint8Array.of(0x1f, 0x8b, 8, 0)], "a.jsonl.gz"));
    const response = await node.fetch("/import", { method: "POST", body: packed });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /Cannot unpack the gzip data/);
  });

  await t.step("404 and 405 responses are JSON", async () => {
    assert.equal(await requestError(node, 404, "GET", "/api/nope"), "There is no /api/nope");
    await requestError(node, 404, "POST", "/api/articles/0/nope");
    const dance = await requestError(node, 404, "POST", "/api/processor/nodes/any/dance");
    assert.equal(dance, "dance is neither pause nor resume");
    const refused = await requestJson(node, "DELETE", "/api/processor/status");
    assert.equal(refused.status, 405);
    assert.equal(refused.headers.get("allow"), "GET, HEAD");
    assert.equal(refused.body.message, "This address supports only GET, HEAD");
    await requestError(node, 405, "GET", "/api/processor/start");
    assert.match(
      await requestError(node, 405, "BREW", "/api/articles"),
      /^The method must be one of GET,/,
    );
    await requestError(node, 404, "POST", "/api/processor/nodes/x/dance");
    await requestError(node, 426, "GET", "/ws/processor-status");
    await requestError(node, 400, "GET", "/ws/processor-logs?since=x");
  });
});
