import assert from "node:assert/strict";
import { createLiveSocket } from "../../lib/dashboard/live_socket.ts";
import { FakeEnvironment } from "./fake_environment.ts";

function start(silenceMs: number | null = 3_000) {
  const environment = new FakeEnvironment();
  const messages: string[] = [];
  let tries = 0;
  const live = createLiveSocket({
    path: () => `/ws?try=${++tries}`,
    onMessage: (text) => messages.push(text),
    silenceMs,
    environment,
  });
  live.start();
  const say = (text: string) => environment.socket.onmessage?.({ data: text });
  const close = (code: number) => environment.socket.onclose?.({ code });
  return { environment, live, messages, say, close, kind: () => live.state.value.kind };
}

Deno.test("a live socket is connecting until the first message, then live", () => {
  const { environment, live, messages, say, kind } = start();
  assert.equal(kind(), "connecting");
  environment.socket.onopen?.();
  assert.equal(kind(), "connecting");
  say("one");
  assert.equal(kind(), "live");
  assert.deepEqual(messages, ["one"]);
  live.stop();
  assert.equal(kind(), "stopped");
  assert.ok(environment.socket.closed);
  assert.equal(environment.left, 0);
});

Deno.test("a lost socket counts down, tries again, and waits longer each time", () => {
  const { environment, live, close } = start();
  const waits: number[] = [];
  for (let failures = 1; failures <= 7; failures++) {
    close(1006);
    const state = live.state.value;
    assert.ok(state.kind === "waiting");
    waits.push(state.seconds);
    const opened = environment.sockets.length;
    environment.pass(state.seconds * 1_000 - 1);
    assert.equal(environment.sockets.length, opened);
    assert.deepEqual(live.state.value, { ...state, seconds: 1 });
    environment.pass(1);
    assert.equal(environment.sockets.length, opened + 1);
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30]);
  assert.equal(environment.socket.path, "/ws?try=8");
  live.stop();
});

Deno.test("a message ends the series of failures", () => {
  const { environment, live, say, close } = start();
  close(1006);
  environment.pass(1_000);
  close(1006);
  environment.pass(2_000);
  say("back");
  close(1006);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 1, cause: "lost" });
  live.stop();
});

Deno.test("a socket that waits connects at once when the tab or the network comes back", () => {
  const { environment, live, say, close, kind } = start();
  for (let failures = 0; failures < 5; failures++) {
    close(1006);
    environment.pass(30_000);
  }
  close(1006);
  const opened = environment.sockets.length;
  environment.comeBack();
  assert.equal(environment.sockets.length, opened + 1);
  assert.equal(kind(), "connecting");
  say("back");
  environment.comeBack();
  assert.equal(environment.sockets.length, opened + 1, "what is live stays");
  live.stop();
});

Deno.test("silence makes what is shown stale, and a longer one ends the connection", () => {
  const { environment, live, say, kind } = start();
  environment.pass(500);
  say("one");
  environment.pass(2_999);
  assert.equal(kind(), "live");
  environment.pass(1);
  assert.deepEqual(live.state.value, { kind: "stale", since: 500 });
  const silent = environment.socket;
  environment.pass(3_000);
  assert.equal(kind(), "waiting");
  assert.ok(silent.closed);
  silent.onmessage?.({ data: "too late" });
  assert.equal(kind(), "waiting");
  live.stop();
});

Deno.test("a message after a silence makes it live again", () => {
  const { environment, live, say, kind } = start();
  say("one");
  environment.pass(4_000);
  say("two");
  assert.equal(kind(), "live");
  environment.pass(2_900);
  say("three");
  environment.pass(2_900);
  assert.equal(kind(), "live");
  live.stop();
});

Deno.test("a connection that never answers is given up", () => {
  const { environment, live, kind } = start();
  environment.pass(6_000);
  assert.equal(kind(), "waiting");
  live.stop();
});

Deno.test("where silence is normal an open socket is live, and stays so", () => {
  const { environment, live, kind } = start(null);
  environment.socket.onopen?.();
  environment.pass(3_600_000);
  assert.equal(kind(), "live");
  live.renew();
  assert.equal(environment.sockets.length, 2);
  live.stop();
});

Deno.test("the server's close codes are obeyed", () => {
  const { environment, live, say, close, kind } = start();
  say("one");
  close(4001);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 1, cause: "lost" });
  environment.pass(1_000);
  close(4429);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 30, cause: "too many" });
  environment.pass(30_000);
  const opened = environment.sockets.length;
  close(4408);
  assert.equal(environment.sockets.length, opened + 1, "what was too slow comes back at once");
  close(4401);
  assert.equal(kind(), "signed out");
  environment.pass(3_600_000);
  environment.comeBack();
  assert.equal(environment.sockets.length, opened + 1);
  live.stop();
});

Deno.test("without a network it says so, and tries all the same", () => {
  const { environment, live, close } = start();
  environment.hasNetwork = false;
  close(1006);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 1, cause: "offline" });
  environment.pass(1_000);
  assert.equal(environment.sockets.length, 2);
  live.stop();
});
