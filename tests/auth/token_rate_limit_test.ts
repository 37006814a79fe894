import assert from "node:assert/strict";
import { createTokenRateLimit } from "../../lib/auth/token_rate_limit.ts";

type TokenRateLimit = ReturnType<typeof createTokenRateLimit>;

let guesses = 0;
const guess = (rateLimit: TokenRateLimit, address = "a") =>
  rateLimit.failed(address, `guess ${guesses++}`);

Deno.test("after the first wrong tokens, the delay grows exponentially up to a minute", () => {
  let now = 0;
  const rateLimit = createTokenRateLimit(() => now);
  for (let n = 0; n < 5; n++) assert.equal(guess(rateLimit).waitSeconds, 0);
  const waits: number[] = [];
  for (let n = 0; n < 8; n++) {
    const { waitSeconds } = guess(rateLimit);
    waits.push(waitSeconds);
    now += waitSeconds * 1_000;
    assert.equal(guess(rateLimit).waitSeconds, 0, "the delay has passed");
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
});

Deno.test("a guess during the delay is not checked and does not extend it", () => {
  let now = 0;
  const rateLimit = createTokenRateLimit(() => now);
  for (let n = 0; n < 5; n++) guess(rateLimit);
  for (let n = 0; n < 100; n++) assert.equal(guess(rateLimit).isGuess, false);
  now += 1_000;
  assert.equal(guess(rateLimit).isGuess, true);
});

Deno.test("the start of a lockout is reported once", () => {
  const rateLimit = createTokenRateLimit(() => 0);
  const locked = Array.from({ length: 20 }, () => guess(rateLimit).locksOut);
  assert.deepEqual(locked.flatMap((locksOut, n) => locksOut ? [n] : []), [4]);
});

Deno.test("delays are per address", () => {
  const rateLimit = createTokenRateLimit(() => 0);
  for (let n = 0; n < 10; n++) guess(rateLimit, "a");
  assert.equal(guess(rateLimit, "b").waitSeconds, 0);
});

Deno.test("repeating the same wrong token counts once", () => {
  const rateLimit = createTokenRateLimit(() => 0);
  for (let n = 0; n < 100; n++) {
    const { waitSeconds, isGuess } = rateLimit.failed("a", "outdated");
    assert.deepEqual({ waitSeconds, isGuess }, { waitSeconds: 0, isGuess: n === 0 });
  }
});

Deno.test("an address is forgotten after a quarter of an hour without a guess", () => {
  let now = 0;
  const rateLimit = createTokenRateLimit(() => now);
  for (let n = 0; n < 20; n++) {
    now += 60_000;
    guess(rateLimit);
  }
  now += 15 * 60_000;
  for (let n = 0; n < 5; n++) assert.equal(guess(rateLimit).waitSeconds, 0);
});

Deno.test("with too many addresses, the oldest are evicted first", () => {
  const rateLimit = createTokenRateLimit(() => 0);
  for (const address of ["first", "second"]) {
    for (let n = 0; n < 5; n++) guess(rateLimit, address);
  }
  for (let n = 0; n < 9_999; n++) guess(rateLimit, `crowd ${n}`);
  assert.equal(guess(rateLimit, "second").waitSeconds, 1);
  assert.equal(guess(rateLimit, "first").waitSeconds, 0);
});
