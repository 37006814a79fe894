import assert from "node:assert/strict";
import { findPanic } from "../../lib/database/find_panic.ts";

function message(type: string, ...fields: string[]): number[] {
  const body = new TextEncoder().encode(fields.map((field) => `${field}\0`).join("") + "\0");
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, 4 + body.length);
  bytes.set(body, 5);
  return [...bytes];
}

const panic = message("E", "SPANIC", "VPANIC", "C53100", "MNo space left on device");

Deno.test("a panic is found behind other messages", () => {
  const response = [...message("D", "VPANIC"), ...message("Z"), ...panic];
  assert.equal(findPanic(Uint8Array.from(response)), "No space left on device");
});

Deno.test("other messages, errors and incomplete ones are no panic", () => {
  for (
    const bytes of [
      [],
      [78],
      message("D", "SPANIC", "VPANIC"),
      message("E", "SERROR", "VERROR", "C22012", "MPANIC"),
      panic.slice(0, 8),
      [69, 0, 0, 0, 0, 0, 0],
    ]
  ) assert.equal(findPanic(Uint8Array.from(bytes)), null);
});
