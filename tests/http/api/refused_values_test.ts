import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { z } from "zod";
import type { Operation } from "../../../lib/http/api/operation.ts";
import { OPERATIONS } from "../../../lib/http/api/openapi_operations.ts";
import { validate, validateQuery } from "../../../lib/http/validate.ts";
import { meaningOf, wordMessage } from "../../../lib/i18n/refusals/word_message.ts";

/** Values that some field rejects, of each type and at its limits. */
const BODY_VALUES: readonly unknown[] = [
  ...[undefined, null, true, -1, 0.5, 1e300, 2 ** 60, "", " ", "nope", "\0", "\ud800"],
  ..."x".repeat(5_000).split(/(?<=^.{4000})/),
  ...[[], {}, [null], [-1], ["", "\0"], ["x".repeat(5_000)], { a: [{}] }],
  ...[Array(60).fill("x"), Array(2_000).fill(1), Array(2_000).fill("x")],
];
const QUERY_VALUES: readonly string[] = [
  ...["", " ", "nope", "\0", "-1", "1.5", "1e3", "99999999999999999999", "x".repeat(9_000)],
  ...["8640000000000001", "true,false", "__proto__", "a:b:c"],
];

/** Asserts that a message has a code and, in Chinese, no English words of its own; returns it. */
function assertWorded(work: () => unknown, what: string): string | null {
  try {
    work();
    return null;
  } catch (error) {
    assert.ok(error instanceof HttpError, what);
    const { message } = error;
    assert.notEqual(meaningOf(message), null, `${what}: ${message}`);
    assert.doesNotMatch(message, /is invalid|undefined|\[object|expected|received/i, what);
    const chinese = wordMessage("zh", message).replaceAll(/[a-z]\w+(?:, | \w+=)/gi, "");
    assert.match(chinese, /\p{Script=Han}/u, `${what}: ${message}`);
    return message;
  }
}

function fieldsOf(schema: z.core.$ZodType): string[] {
  return "shape" in schema ? Object.keys(schema.shape as object) : [];
}

Deno.test("each value that a field of the API rejects has a sentence with a code", () => {
  const refused = new Set<string>();
  for (const [key, { query, body }] of Object.entries<Operation>(OPERATIONS)) {
    const check = (work: () => unknown, what: string) => {
      const message = assertWorded(work, `${key} ${what}`);
      if (message !== null) refused.add(message);
    };
    if (query !== undefined) {
      for (const name of fieldsOf(query)) {
        for (const value of QUERY_VALUES) {
          const given = new URLSearchParams([[name, value]]);
          check(() => validateQuery(query, given), `${name}=${value.slice(0, 20)}`);
          const twice = new URLSearchParams([[name, value], [name, value]]);
          check(() => validateQuery(query, twice), `${name} twice`);
        }
      }
    }
    if (body?.kind !== "json") continue;
    const { schema } = body;
    for (const value of BODY_VALUES) {
      if (value !== undefined) check(() => validate(schema, value), String(value).slice(0, 20));
      for (const name of [...fieldsOf(schema), "color"]) {
        check(() => validate(schema, { [name]: value }), `${name}: ${String(value).slice(0, 20)}`);
      }
    }
  }
  assert.ok(refused.size > 100, `only ${refused.size} messages`);
});
