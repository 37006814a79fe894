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

async function responseOf(error: unknown): Promise<[number, unknown]> {
  const response = errorResponse(error, logger);
  return [response.status, await response.json()];
}

Deno.test("each typed error has its status and message", async () => {
  const expected: [unknown, number, string][] = [
    [new BrokerUnreachableError("x"), 500, "Redis未连接"],
    [new DatabaseUnreachableError("x"), 500, "数据库未连接"],
    [new HttpError(404, "There is no article 7"), 404, "There is no article 7"],
    [new UnsupportedMediaTypeError("image/png"), 415, "image/png"],
  ];
  for (const [error, status, message] of expected) {
    assert.deepEqual(await responseOf(error), [status, { success: false, message }]);
  }
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
    { success: false, message: broken.message, data: progress },
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
  const response = errorResponse(new DatabaseUnreachableError("x"), logger, true);
  assert.equal(response.status, 503);
  assert.ok(Number(response.headers.get("retry-after")) > 0);
  assert.deepEqual(await response.json(), { success: false, message: "数据库未连接" });
});
