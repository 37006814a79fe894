import assert from "node:assert/strict";
import { parameterText } from "../../../lib/dashboard/reference/parameter_text.ts";

Deno.test("parameterText() describes a parameter in one line", () => {
  assert.equal(parameterText({ type: "string" }), "string");
  assert.equal(parameterText({ type: "string", enum: ["true", "false"] }), "true | false");
  assert.equal(parameterText({ type: "integer", minimum: 1, maximum: 200 }), "integer, 1 to 200");
  const { MAX_SAFE_INTEGER: maximum } = Number;
  assert.equal(parameterText({ type: "integer", minimum: 0, maximum }), "integer, from 0");
});

Deno.test("parameterText() keeps unknown constraints", () => {
  const schema = { type: "string", pattern: "^a" };
  assert.equal(parameterText(schema), JSON.stringify(schema));
});
