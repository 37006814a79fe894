import assert from "node:assert/strict";
import { readNumber, steppedNumber } from "../../../lib/dashboard/shell/number_text.ts";

Deno.test("a typed number is read as it is, whole or decimal, and nothing else is a number", () => {
  const read: [string, number | null][] = [
    ["5", 5],
    [" 5 ", 5],
    ["-5", -5],
    ["+5", 5],
    ["1.5", 1.5],
    [".5", 0.5],
    ["007", 7],
    ["１２", 12],
    ["1e1", null],
    ["0x10", null],
    ["1,000", null],
    ["1.", null],
    ["-", null],
    ["5 5", null],
    ["five", null],
    ["Infinity", null],
    ["", null],
  ];
  for (const [text, number] of read) assert.equal(readNumber(text), number, text);
});

Deno.test("a step leads to the next whole number within the bounds", () => {
  const bounds = { least: 1, most: 32 };
  assert.equal(steppedNumber("3", 1, bounds), 4);
  assert.equal(steppedNumber("32", 1, bounds), 32);
  assert.equal(steppedNumber("-5", 1, bounds), 1);
  assert.equal(steppedNumber("many", -1, bounds), 1);
});
