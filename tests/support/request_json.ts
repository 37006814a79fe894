import assert from "node:assert/strict";
import type { Millrace } from "./millrace.ts";

const json = { "content-type": "application/json" };

/** Sends a request with a JSON body; returns the status, headers and parsed body. */
export async function requestJson(node: Millrace, method: string, path: string, body?: unknown) {
  const init = body === undefined ? { method } : {
    method,
    headers: json,
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
  const response = await node.fetch(path, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Sends a request that must succeed; returns the data of its response. */
export async function requestData(node: Millrace, method: string, path: string, body?: unknown) {
  const result = await requestJson(node, method, path, body);
  assert.equal(result.body.success, true, JSON.stringify(result.body));
  assert.ok(result.status < 300);
  return result.body.data;
}

/** Sends a request that must fail with `status`; returns the error message. */
export async function requestError(
  node: Millrace,
  status: number,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const result = await requestJson(node, method, path, body);
  assert.equal(result.status, status, JSON.stringify(result.body));
  assert.equal(result.body.success, false);
  assert.equal(typeof result.body.message, "string");
  return result.body.message;
}
