import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import assert from "node:assert/strict";

/** Validates a response against an OpenAPI document; throws with the mismatches. */
export type ResponseCheck = (key: string, status: number, body: unknown) => void;

/** `key` is a method and a path of the document, such as `GET /api/articles/{id}`. */
export function createResponseCheck(document: object): ResponseCheck {
  const ajv = new Ajv.default({ strict: false, validateSchema: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi");
  return (key, status, body) => {
    const [method = "", path = ""] = key.split(" ");
    const pointer = ["paths", path, method.toLowerCase(), "responses", String(status), "content"]
      .concat("application/json", "schema")
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const validate = ajv.compile({ $ref: `openapi#/${pointer}` });
    const fits = validate(body);
    assert.ok(fits, `${key}: ${ajv.errorsText(validate.errors)}`);
  };
}
