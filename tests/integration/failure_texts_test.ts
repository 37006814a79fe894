import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { startMillrace } from "../support/millrace.ts";
import { requestData } from "../support/request_json.ts";

Deno.test("every page words a failure that Millrace worded, and the API keeps it with a code", async () => {
  await using node = await startMillrace({ env: { MILLRACE_POISON: "on" } });
  const data = (method: string, path: string, body?: unknown) =>
    requestData(node, method, path, body);
  const pageIn = async (language: string, path: string) => {
    const response = await node.fetch(path, { headers: { "accept-language": language } });
    return await response.text();
  };

  await data("PUT", "/api/processor/config", { retry_max: 0, time_limit_seconds: 1 });
  const article = { title: "endless", content: "[[millrace:loop]]" };
  const { id } = await data("POST", "/api/articles", article);
  await eventually(async () => {
    assert.equal((await data("GET", `/api/articles/${id}`)).state, "dead");
  }, 30_000);

  const english = "Cannot process the article: it takes longer than 1 s";
  const meaning = { error: english, code: "article_timed_out", parameters: { limit: "1" } };
  const { articles: [{ error, code, parameters }] } = await data("GET", "/api/failures");
  assert.deepEqual({ error, code, parameters }, meaning);
  const { attempts: [attempt] } = await data("GET", `/api/articles/${id}`);
  assert.equal(attempt.code, "article_timed_out");

  const minute = attempt.at - attempt.at % 60_000;
  const pages = [
    "/",
    "/?wall",
    "/failures",
    "/articles",
    `/articles/${id}`,
    `/events?minute=${minute}`,
  ];
  for (const path of pages) {
    await eventually(async () => {
      const chinese = await pageIn("zh-CN", path);
      assert.match(shownIn(chinese), /处理超过 (?:1|…) 秒/, path);
      assert.doesNotMatch(shownIn(chinese), /it takes longer than/, path);
      assert.match(await pageIn("en", path), /it takes longer than/, path);
    });
  }
});

/** The text of a page without the props of islands, which have the status as it is, and the originals of log lines. */
const shownIn = (html: string) =>
  html.replace(/<script[^>]*>[^]*?<\/script>|<span lang="en">[^<]*<\/span>|<[^>]*>/g, "");
