import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { answerError } from "../../lib/http/error_answer.ts";
import { UnsupportedMediaTypeError } from "../../lib/intake/by_content_type.ts";
import { ImportStoppedError } from "../../lib/intake/import.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../../lib/runtime/errors.ts";

const logger = getLogger("error_answer_test");
const progress = { accepted: 2, duplicates: 1, rejected: [], rejected_total: 0, newest_id: 2 };

async function answered(error: unknown): Promise<[number, unknown]> {
  const answer = answerError(error, logger);
  return [answer.status, await answer.json()];
}

Deno.test("each typed error has its status and its message", async () => {
  const expected: [unknown, number, string][] = [
    [new BrokerUnreachableError("x"), 500, "Redis未连接"],
    [new DatabaseUnreachableError("x"), 500, "数据库未连接"],
    [new HttpError(404, "There is no article 7"), 404, "There is no article 7"],
    [new UnsupportedMediaTypeError("image/png"), 415, "image/png"],
  ];
  for (const [error, status, message] of expected) {
    assert.deepEqual(await answered(error), [status, { success: false, message }]);
  }
});

Deno.test("an import that stopped tells what it had done, and why it stopped", async () => {
  const away = new ImportStoppedError("saving", progress, new DatabaseUnreachableError("x"));
  assert.deepEqual(await answered(away), [
    500,
    { success: false, message: "数据库未连接", data: progress },
  ]);
  const broken = new ImportStoppedError("reading", progress, new Error("the gzip is cut off"));
  assert.deepEqual(await answered(broken), [
    400,
    { success: false, message: broken.message, data: progress },
  ]);
});

Deno.test("what nobody foresaw is told by an id alone", async () => {
  const [status, body] = await answered(new TypeError("secret detail"));
  assert.equal(status, 500);
  assert.match(JSON.stringify(body), /request [0-9a-f-]{36}/);
  assert.doesNotMatch(JSON.stringify(body), /secret/);
});
