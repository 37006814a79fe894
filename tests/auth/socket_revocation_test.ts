import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import type { Credential } from "../../lib/auth/identity.ts";
import { createSocketWatch } from "../../lib/auth/socket_revocation.ts";
import { DatabaseUnreachableError } from "../../lib/runtime/errors.ts";

const logger = getLogger("socket_watch_test");

/** A fake socket with the parts that the watch uses. */
function fakeSocket() {
  const codes: number[] = [];
  const target = new EventTarget();
  return {
    codes,
    close(code?: number) {
      codes.push(code ?? 0);
      target.dispatchEvent(new Event("close"));
    },
    addEventListener: target.addEventListener.bind(target),
  };
}

const session = (id: string): Credential => ({ kind: "session", id });

Deno.test("a socket closes when its session ends, and others stay open", async () => {
  const ended = new Set<string>();
  await using watch = createSocketWatch({
    logger,
    access: {
      living: (all) =>
        Promise.resolve(
          new Set(all.filter((each) => each.kind === "session" && !ended.has(each.id))),
        ),
    },
  });
  const [one, other] = [fakeSocket(), fakeSocket()];
  watch.watch(one, session("one"));
  watch.watch(other, session("other"));
  await watch.check();
  assert.deepEqual([one.codes, other.codes], [[], []]);
  ended.add("one");
  await watch.check();
  await watch.check();
  assert.deepEqual([one.codes, other.codes], [[4401], []]);
});

Deno.test("no socket closes while the database is unreachable", async () => {
  await using watch = createSocketWatch({
    logger,
    access: { living: () => Promise.reject(new DatabaseUnreachableError("away")) },
  });
  const socket = fakeSocket();
  watch.watch(socket, session("one"));
  await watch.check();
  assert.deepEqual(socket.codes, []);
});

Deno.test("a socket that a proxy authenticated must reconnect periodically", async () => {
  let now = 0;
  await using watch = createSocketWatch({
    logger,
    now: () => now,
    access: { living: (all) => Promise.resolve(new Set(all)) },
  });
  const socket = fakeSocket();
  watch.watch(socket, { kind: "proxy" });
  now = 14 * 60_000;
  await watch.check();
  assert.deepEqual(socket.codes, []);
  now = 15 * 60_000;
  await watch.check();
  assert.deepEqual(socket.codes, [4001]);
});
