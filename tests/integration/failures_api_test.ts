import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { requestData, requestError } from "../support/request_json.ts";
import { openSocketClient } from "../support/socket_client.ts";

Deno.test("failures can be inspected, retried, cleared and restored over HTTP", async (t) => {
  await using node = await startMillrace({ env: { MILLRACE_POISON: "on" } });

  const data = (method: string, path: string, body?: unknown) =>
    requestData(node, method, path, body);
  const refusal = (status: number, method: string, path: string, body?: unknown) =>
    requestError(node, status, method, path, body);

  const counts = async () => {
    const { queue_retry, queue_dead } = await data("GET", "/api/processor/status");
    return { retry: queue_retry, dead: queue_dead };
  };

  /** Posts failing articles and waits until `dead` of them are dead letters. */
  async function poison(count: number, dead: number): Promise<number[]> {
    const ids: number[] = [];
    for (let n = 0; n < count; n++) {
      const article = { title: `poison ${n}`, content: "[[millrace:throw]]" };
      ids.push((await data("POST", "/api/articles", article)).id);
    }
    await eventually(async () => assert.equal((await counts()).dead, dead));
    return ids;
  }

  await data("PUT", "/api/processor/config", { retry_max: 0 });
  const ids = await poison(3, 3);
  const [first = 0, second = 0] = ids;

  await t.step("the failed articles are listed, grouped by cause, and counted", async () => {
    const { articles, next } = await data("GET", "/api/failures?state=dead");
    assert.deepEqual(articles.map((each: { id: number }) => each.id), ids.toReversed());
    assert.equal(next, null);
    const [{ title, state, tries, reason, error, fingerprint }] = articles;
    assert.deepEqual(
      { title, state, tries, reason },
      { title: "poison 2", state: "dead", tries: 1, reason: "threw" },
    );
    assert.match(error, /it is poison/);
    const { causes, total, dead } = await data("GET", "/api/failures/causes");
    assert.deepEqual([total, dead], [1, 3]);
    assert.equal(causes.length, 1);
    assert.deepEqual([causes[0].fingerprint, causes[0].dead, causes[0].retry], [fingerprint, 3, 0]);
    const query = `fingerprint=${encodeURIComponent(fingerprint)}&text=POISON`;
    assert.deepEqual(await data("GET", `/api/failures/count?${query}`), { count: 3 });
    assert.deepEqual(await data("GET", "/api/failures/count?state=retry"), { count: 0 });
  });

  await t.step("an article lists its attempts with reasons and stacks", async () => {
    const article = await data("GET", `/api/articles/${first}`);
    assert.deepEqual(
      [article.state, article.content, article.tries, article.paragraphs],
      ["dead", "[[millrace:throw]]", 1, []],
    );
    assert.equal(article.attempts.length, 1);
    assert.match(article.attempts[0].stack, /Error: Cannot process this/);
    assert.equal(await refusal(404, "GET", "/api/articles/999999"), "There is no article 999999");
    assert.equal(await refusal(404, "GET", "/api/articles/x"), "x is not an id");
  });

  await t.step("a single dead letter is retried, and can fail again", async () => {
    const operation = await data("POST", "/api/failures/retry", { ids: [first] });
    assert.deepEqual([operation.kind, operation.total, operation.done], ["retry", 1, 1]);
    assert.match(operation.asked_by, /^admin at 127\.0\.0\.1$/);
    await eventually(async () => {
      const { attempts, state } = await data("GET", `/api/articles/${first}`);
      assert.deepEqual([attempts.length, state], [2, "dead"]);
    });
  });

  await t.step("an article can be reprocessed unless it is pending", async () => {
    assert.deepEqual(await data("POST", `/api/articles/${second}/process`), {
      id: second,
      state: "pending",
    });
    await eventually(async () => assert.equal((await counts()).dead, 3));
    await data("POST", "/api/processor/stop");
    await eventually(async () => {
      assert.equal((await data("GET", "/api/processor/status")).running, false);
    });
    await data("POST", `/api/articles/${second}/process`);
    const again = await refusal(409, "POST", `/api/articles/${second}/process`);
    assert.equal(again, `Article ${second} waits to be processed already`);
    await refusal(404, "POST", "/api/articles/999999/process");
    await data("POST", "/api/processor/start");
    await eventually(async () => assert.equal((await counts()).dead, 3));
  });

  let clearing = 0;
  await t.step("dead letters are cleared, and live pages get the count", async () => {
    await using socket = await openSocketClient(`${node.url}/ws/operations`);
    // The latest state of earlier operations arrives first.
    await socket.next();
    const cleared = await data("DELETE", "/api/processor/dead-queue");
    assert.equal(cleared.count, 3);
    clearing = cleared.operation;
    const [message] = JSON.parse(await socket.next());
    assert.deepEqual([message.id, message.kind, message.done], [clearing, "clear", 3]);
    assert.deepEqual(await counts(), { retry: 0, dead: 0 });
    assert.equal((await data("GET", `/api/articles/${first}`)).state, "discarded");
    assert.deepEqual(await data("GET", "/api/failures"), { articles: [], next: null });
  });

  await t.step("a clearing can be undone once", async () => {
    const listed = (await data("GET", "/api/operations")).operations;
    assert.deepEqual([listed[0].id, listed[0].undoable], [clearing, true]);
    const undo = await data("POST", `/api/operations/${clearing}/undo`);
    assert.deepEqual([undo.kind, undo.done, undo.undoes], ["undo", 3, clearing]);
    assert.deepEqual(await counts(), { retry: 0, dead: 3 });
    assert.equal((await data("GET", `/api/operations/${clearing}`)).undoable, false);
    assert.match(await refusal(409, "POST", `/api/operations/${clearing}/undo`), /taken back/);
    assert.match(await refusal(409, "POST", `/api/operations/${undo.id}/undo`), /not a clearing/);
    await refusal(404, "POST", "/api/operations/999999/undo");
    await refusal(404, "GET", "/api/operations/999999");
  });

  await t.step("retry-all requeues waiting retries", async () => {
    await data("PUT", "/api/processor/config", { retry_max: 10 });
    const article = { title: "waits", content: "[[millrace:throw]]" };
    const { id } = await data("POST", "/api/articles", article);
    await eventually(async () => assert.equal((await counts()).retry, 1));
    const { count } = await data("POST", "/api/processor/retry-all");
    assert.equal(count, 1);
    await eventually(async () => {
      assert.equal((await data("GET", `/api/articles/${id}`)).attempts.length, 2);
    });
    assert.equal((await counts()).dead, 3);
  });

  await t.step("invalid requests are rejected, and nothing changes", async () => {
    const before = await counts();
    assert.match(await refusal(400, "POST", "/api/failures/clear", { state: "retry" }), /^state/);
    assert.match(await refusal(400, "POST", "/api/failures/retry", { id: 1 }), /^id is unknown/);
    assert.match(
      await refusal(400, "POST", "/api/failures/retry", { ids: ["1"] }),
      /^ids\[0\] must/,
    );
    assert.match(await refusal(400, "POST", "/api/failures/retry", []), /^the body must/);
    assert.match(await refusal(400, "GET", "/api/failures?state=pending"), /^state must be retry/);
    await refusal(415, "POST", "/api/failures/clear");
    for (const text of ["\0", "\ud800"]) {
      assert.match(await refusal(400, "POST", "/api/failures/retry", { text }), /^text must not/);
      const fingerprint = text;
      await refusal(400, "POST", "/api/failures/clear", { fingerprint });
    }
    for (const id of [1.5, 1e300, null]) {
      await refusal(400, "POST", "/api/failures/retry", { ids: [id] });
    }
    assert.equal((await counts()).dead, before.dead);
  });
});
