import assert from "node:assert/strict";
import { HttpError } from "fresh";
import { z } from "zod";
import { validate, validateQuery } from "../../lib/http/validate.ts";
import { settingsPatch } from "../../lib/wire/settings.ts";

function message(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof HttpError);
    assert.equal(error.status, 400);
    return error.message;
  }
  throw new assert.AssertionError({ message: "nothing was rejected" });
}

Deno.test("each error names its field", () => {
  const patch = settingsPatch;
  assert.equal(
    message(() => validate(patch, { concurrency: 33, enabled: "yes", speed: 1 })),
    "enabled must be true or false; concurrency must be a whole number from 1 to 32; " +
      "speed is unknown",
  );
  assert.equal(message(() => validate(patch, { a: 1, b: 2 })), "a, b are unknown");
  assert.equal(message(() => validate(patch, [])), "the body must be a JSON object");
  assert.deepEqual(validate(patch, { retry_max: 0 }), { retry_max: 0 });
});

Deno.test("an unknown name is shown without what separates messages, and cut", () => {
  const unknown = (body: unknown) => message(() => validate(z.strictObject({}), body));
  assert.equal(unknown({ "颜色 a": 1 }), "颜色 a is unknown");
  assert.equal(unknown({ "a; b: \n": 1 }), "a\ufffd b\ufffd \ufffd is unknown");
  assert.equal(unknown({ ["😀".repeat(200)]: 1 }), `${"😀".repeat(100)}… is unknown`);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`n${index}`, 1]));
  assert.match(unknown(many), /^n0, n1, .*, n19, … are unknown$/);
});

Deno.test("a missing field is missing, and an item of a list has its index", () => {
  const schema = z.strictObject({
    kind: z.enum(["a", "b"], { error: "must be a or b" }),
    ids: z.array(z.int({ error: "must be an id" }), { error: "must be a list of ids" }),
    note: z.string({ error: "must be text" }).optional(),
  });
  assert.equal(message(() => validate(schema, {})), "kind is missing; ids is missing");
  assert.equal(
    message(() => validate(schema, { kind: null, ids: [1, "x", 2, 2.5] })),
    "kind must be a or b; ids[1] must be an id; ids[3] must be an id",
  );
  const query = z.strictObject({ kind: z.array(schema.shape.kind), limit: z.string() });
  assert.equal(
    message(() => validateQuery(query, new URLSearchParams("kind=x&kind=a&kind=y"))),
    "kind must be a or b; limit is missing",
  );
});

Deno.test("a repeated query parameter is rejected", () => {
  const query = z.object({ limit: z.coerce.number().optional() });
  assert.deepEqual(validateQuery(query, new URLSearchParams("limit=3")), { limit: 3 });
  assert.deepEqual(validateQuery(query, new URLSearchParams("limit=")), {});
  assert.equal(
    message(() => validateQuery(query, new URLSearchParams("limit=3&limit=4"))),
    "limit is given twice",
  );
});
