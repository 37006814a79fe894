import assert from "node:assert/strict";
import { createRandom } from "../support/bad_input.ts";
import { byForm } from "../support/fault_form.ts";
import { startMillrace } from "../support/millrace.ts";
import { type FaultyRequest, faultyRequest } from "../support/operation_faults.ts";

const REQUESTS = byForm({ short: 1_500, long: 20_000 });
const AT_ONCE = 8;
const SEED = Number(Deno.env.get("SEED") ?? 1);
/** Words of a validator or of an engine, and of values that a message must not be made from. */
const INTERNAL =
  /undefined|\[object|expected|received|Invalid|is invalid|TypeError|RangeError|ZodError/;
/** A backup takes seconds, and the stream's state is none of this test. */
const LEFT_OUT = new Set(["/api/backup"]);

Deno.test(`${REQUESTS} faulty requests to the operations of the API are refused with a sentence and its code`, async () => {
  await using node = await startMillrace();
  const { paths, ...rest } = await (await node.fetch("/api/openapi.json")).json();
  const tested = Object.entries(paths).filter(([path]) => !LEFT_OUT.has(path));
  const { "/api/failures": list } = Object.fromEntries(tested);
  const described = { ...rest, paths: Object.fromEntries([...tested, ["/failures/export", list]]) };
  const random = createRandom(SEED);
  const wrong: string[] = [];
  const refused = new Set<string>();

  const send = async ({ method, path, headers, body }: FaultyRequest) => {
    const response = await node.fetch(path, { method, headers, body });
    const text = await response.text();
    const fault = faultOf(response.status, text);
    if (fault !== null) {
      wrong.push(
        `${fault}: ${method} ${path.slice(0, 300)} ${body?.slice(0, 300)}: ${text.slice(0, 500)}`,
      );
    }
    if (response.status >= 400) refused.add(`${method} ${path.split("?")[0]} ${response.status}`);
  };
  let left = REQUESTS;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) await send(faultyRequest(random, described));
  }));

  assert.deepEqual(wrong.slice(0, 20), [], `seed ${SEED}, ${wrong.length} wrong`);
  assert.ok(refused.size > 50, `only ${refused.size} kinds of refusals`);
});

/** What is wrong with a response; null for nothing. */
function faultOf(status: number, text: string): string | null {
  if (status < 400) return null;
  if (status >= 500) return `status ${status}`;
  // The export of a page is refused by the error page.
  if (text.startsWith("<!DOCTYPE html>")) return null;
  const { success, message, code } = JSON.parse(text);
  if (success !== false || typeof message !== "string") return "no message";
  if (typeof code !== "string") return "no code";
  // A refusal may quote what it was given, but not in the words of an engine.
  return INTERNAL.test(message) ? "internal words" : null;
}
