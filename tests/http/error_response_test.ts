import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { errorResponse } from "../../lib/http/error_response.ts";
import { UnsupportedMediaTypeError } from "../../lib/intake/format_name.ts";
import { ImportStoppedError } from "../../lib/intake/import_articles.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../../lib/runtime/errors.ts";
import { noFigures } from "../../lib/wire/import_figures.ts";
import { logContext } from "../../lib/runtime/log_context.ts";

const logger = getLogger("error_response_test");
const progress = { ...noFigures(), accepted: 2, duplicates: 1, newest_id: 2 };

async function responseOf(
  error: unknown,
  headers: Record<string, string> = {},
): Promise<[number, unknown]> {
  const request = new Request("http://localhost/api/x", { headers });
  const response = errorResponse(error, request, { logger });
  assert.equal(response.headers.get("vary"), "Accept-Language, Cookie");
  return [response.status, await response.json()];
}

Deno.test("each typed error has its status and message", async () => {
  const expected: [unknown, number, string][] = [
    [new BrokerUnreachableError("x"), 500, "Redis未连接"],
    [new DatabaseUnreachableError("x"), 500, "数据库未连接"],
    [new UnsupportedMediaTypeError("image/png"), 415, "image/png"],
  ];
  for (const [error, status, message] of expected) {
    assert.deepEqual(await responseOf(error), [status, { success: false, message }]);
  }
});

Deno.test("a refusal has a code and parameters, and is worded in the reader's language", async () => {
  const error = new HttpError(400, "retry_max must be a whole number from 0 to 10");
  const wording = async (headers: Record<string, string>) => {
    const [status, body] = await responseOf(error, headers);
    assert.equal(status, 400);
    const { message, ...rest } = body as { message: string };
    assert.deepEqual(rest, {
      success: false,
      code: "not_whole_number",
      parameters: { field: "retry_max", least: "0", most: "10" },
    });
    return message;
  };
  assert.equal(await wording({}), error.message);
  assert.equal(await wording({ "accept-language": "*" }), error.message);
  assert.equal(await wording({ "accept-language": "zh-CN" }), "最多重试次数：0 到 10 的整数");
  assert.equal(await wording({ cookie: "language=zh" }), "最多重试次数：0 到 10 的整数");
  assert.equal(
    await wording({ cookie: "language=en" }),
    "Maximum retries must be a whole number from 0 to 10",
  );
});

Deno.test("the lines of an interrupted import are worded for the reader as well", async () => {
  const rejected = [{ line: 2, error: "content is missing" }];
  const broken = new ImportStoppedError(
    "reading",
    { ...progress, rejected },
    new TypeError("Cannot unpack the gzip data: unexpected end of file"),
  );
  const [status, body] = await responseOf(broken, { cookie: "language=zh" });
  const { message, data } = body as { message: string; data: typeof progress };
  assert.equal(status, 400);
  assert.equal(message, "gzip 数据解压失败：数据不完整");
  assert.deepEqual(data.rejected, [{ line: 2, error: "缺少正文" }]);
});

Deno.test("an interrupted import returns its progress and the reason", async () => {
  const away = new ImportStoppedError("saving", progress, new DatabaseUnreachableError("x"));
  assert.deepEqual(await responseOf(away), [
    500,
    { success: false, message: "数据库未连接", data: progress },
  ]);
  const broken = new ImportStoppedError("reading", progress, new Error("the gzip is cut off"));
  assert.deepEqual(await responseOf(broken), [
    400,
    {
      success: false,
      message: broken.message,
      code: "import_stopped",
      parameters: { action: "reading", reason: "the gzip is cut off" },
      data: progress,
    },
  ]);
});

Deno.test("an unexpected error exposes only the request's id", async () => {
  const [status, body] = await logContext.run(
    { request: "b2f1" },
    () => responseOf(new TypeError("secret detail")),
  );
  assert.equal(status, 500);
  assert.match(JSON.stringify(body), /request b2f1/);
  assert.doesNotMatch(JSON.stringify(body), /secret/);
});

Deno.test("a producer gets 503 with Retry-After during an outage", async () => {
  const response = errorResponse(
    new DatabaseUnreachableError("x"),
    new Request("http://localhost/api/articles"),
    { logger, isIntake: true },
  );
  assert.equal(response.status, 503);
  assert.ok(Number(response.headers.get("retry-after")) > 0);
  assert.deepEqual(await response.json(), { success: false, message: "数据库未连接" });
});
