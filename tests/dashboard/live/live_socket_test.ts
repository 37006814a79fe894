import assert from "node:assert/strict";
import { createLiveSocket } from "../../../lib/dashboard/live/live_socket.ts";
import { FakeEnvironment } from "../fake_environment.ts";

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
  const receive = (text: string) => environment.socket.onmessage?.({ data: text });
  const close = (code: number) => {
    environment.socket.onopen?.();
    environment.socket.onclose?.({ code });
  };
  return { environment, live, messages, receive, close, kind: () => live.state.value.kind };
}

Deno.test("a live socket is connecting until the first message, then live", () => {
  const { environment, live, messages, receive, kind } = start();
  assert.equal(kind(), "connecting");
  environment.socket.onopen?.();
  assert.equal(kind(), "connecting");
  receive("one");
  assert.equal(kind(), "live");
  assert.deepEqual(messages, ["one"]);
  live.stop();
  assert.equal(kind(), "stopped");
  assert.ok(environment.socket.closed);
  assert.equal(environment.left, 0);
});

Deno.test("a lost socket counts down and reconnects with increasing delays", () => {
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

Deno.test("a message resets the backoff", () => {
  const { environment, live, receive, close } = start();
  close(1006);
  environment.pass(1_000);
  close(1006);
  environment.pass(2_000);
  receive("back");
  close(1006);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 1, cause: "lost" });
  live.stop();
});

Deno.test("a waiting socket reconnects immediately when the tab or the network comes back", () => {
  const { environment, live, receive, close, kind } = start();
  for (let failures = 0; failures < 5; failures++) {
    close(1006);
    environment.pass(30_000);
  }
  close(1006);
  const opened = environment.sockets.length;
  environment.comeBack();
  assert.equal(environment.sockets.length, opened + 1);
  assert.equal(kind(), "connecting");
  receive("back");
  environment.comeBack();
  assert.equal(environment.sockets.length, opened + 1, "a live socket stays open");
  live.stop();
});

Deno.test("silence marks the data stale, and longer silence closes the connection", () => {
  const { environment, live, receive, kind } = start();
  environment.pass(500);
  receive("one");
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

Deno.test("a message after silence makes the socket live again", () => {
  const { environment, live, receive, kind } = start();
  receive("one");
  environment.pass(4_000);
  receive("two");
  assert.equal(kind(), "live");
  environment.pass(2_900);
  receive("three");
  environment.pass(2_900);
  assert.equal(kind(), "live");
  live.stop();
});

Deno.test("a connection attempt without a response times out", () => {
  const { environment, live, kind } = start();
  environment.pass(6_000);
  assert.equal(kind(), "waiting");
  live.stop();
});

Deno.test("where silence is normal, an open socket stays live", () => {
  const { environment, live, kind } = start(null);
  environment.socket.onopen?.();
  environment.pass(3_600_000);
  assert.equal(kind(), "live");
  live.renew();
  assert.equal(environment.sockets.length, 2);
  live.stop();
});

Deno.test("the server's close codes determine the reconnect", () => {
  const { environment, live, receive, close, kind } = start();
  receive("one");
  close(4001);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 1, cause: "lost" });
  environment.pass(1_000);
  close(4429);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 30, cause: "too many" });
  environment.pass(30_000);
  const opened = environment.sockets.length;
  close(4408);
  assert.equal(environment.sockets.length, opened + 1, "a slow client reconnects immediately");
  close(4401);
  assert.equal(kind(), "signed out");
  environment.pass(3_600_000);
  environment.comeBack();
  assert.equal(environment.sockets.length, opened + 1);
  live.stop();
});

Deno.test("an offline socket is reported as offline and still retries", () => {
  const { environment, live, close } = start();
  environment.hasNetwork = false;
  close(1006);
  assert.deepEqual(live.state.value, { kind: "waiting", seconds: 1, cause: "offline" });
  environment.pass(1_000);
  assert.equal(environment.sockets.length, 2);
  live.stop();
});

Deno.test("a plain request of the same path explains a refused handshake", async () => {
  const refusals: [number | null, string][] = [
    [401, "signed out"],
    [429, "waiting: too many"],
    [426, "waiting: lost"],
    [null, "waiting: lost"],
  ];
  for (const [status, expected] of refusals) {
    const { environment, live } = start();
    environment.status = status;
    environment.socket.onclose?.({ code: 1006 });
    await Promise.resolve();
    await Promise.resolve();
    const state = live.state.value;
    assert.equal(state.kind === "waiting" ? `waiting: ${state.cause}` : state.kind, expected);
    live.stop();
  }
});

Deno.test("the reason of a refused handshake is ignored once the socket was replaced", async () => {
  const { environment, live, kind } = start();
  environment.status = 401;
  environment.socket.onclose?.({ code: 1006 });
  live.renew();
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(kind(), "connecting");
  live.stop();
});
