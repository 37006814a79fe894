import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";
import { createOpenApi } from "../../../lib/http/api/openapi.ts";
import { OPERATIONS } from "../../../lib/http/api/openapi_operations.ts";

const ROUTES = fileURLToPath(new URL("../../../routes/", import.meta.url));
/** Paths below /api that describe or reject the others. */
const NOT_DESCRIBED = ["/api/openapi.json", "/api/{path}"];

const document = createOpenApi({
  version: "1.2.3",
  server: "http://localhost:8000",
  operations: OPERATIONS,
});

Deno.test("a validator accepts the OpenAPI document", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  assert.ok(valid, JSON.stringify(errors));
});

Deno.test("every path below /api is described, and every description has a route", async () => {
  const described = new Set(Object.keys(OPERATIONS).map((key) => key.split(" ")[1]));
  const served = (await addresses("api")).filter((path) => !NOT_DESCRIBED.includes(path));
  assert.deepEqual(served.sort(), [...described].sort());
});

Deno.test("response fields are in snake case, and queries take integers", () => {
  const text = JSON.stringify(document);
  assert.match(text, /"first_failed_at"/);
  assert.doesNotMatch(text, /"firstFailedAt"/);
  const { parameters } =
    (document.paths as Record<string, Record<string, { parameters: object[] }>>)[
      "/api/failures"
    ]!.get!;
  assert.deepEqual(parameters.at(1), {
    name: "limit",
    in: "query",
    required: false,
    schema: { type: "integer", minimum: 1, maximum: 200 },
  });
});

async function addresses(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(ROUTES + folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) found.push(...await addresses(path));
    else if (!name.startsWith("_")) found.push(addressOf(path));
  }
  return found;
}

function addressOf(file: string): string {
  return "/" + file.replace(/(\/index)?\.tsx?$/, "").replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}");
}
