import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import { createSpokenHealth } from "../../../lib/dashboard/health/spoken_health.ts";
import { FakeEnvironment } from "../fake_environment.ts";

function begin() {
  const environment = new FakeEnvironment();
  const state = signal("running");
  const stream = { pending: 0 };
  const say = () => `${state.peek()}, ${stream.pending}`;
  return { environment, state, stream, spoken: createSpokenHealth({ state, say, environment }) };
}

Deno.test("no announcement is made without a change", () => {
  const { environment, spoken } = begin();
  environment.pass(600_000);
  assert.equal(spoken.text.value, "");
  spoken[Symbol.dispose]();
  assert.equal(environment.left, 0);
});

Deno.test("changed numbers are announced once a minute", () => {
  const { environment, stream, spoken } = begin();
  const texts: string[] = [];
  const stop = spoken.text.subscribe((text) => texts.push(text));
  for (let second = 1; second <= 150; second++) {
    stream.pending = second;
    environment.pass(1_000);
  }
  assert.deepEqual(texts, ["", "running, 60", "running, 120"]);
  stop();
  spoken[Symbol.dispose]();
});

Deno.test("a new state is announced after it has lasted a second", () => {
  const { environment, state, spoken } = begin();
  environment.pass(5_000);
  state.value = "lost";
  environment.pass(999);
  assert.equal(spoken.text.value, "");
  environment.pass(1);
  assert.equal(spoken.text.value, "lost, 0");
  state.value = "running";
  environment.pass(500);
  state.value = "lost";
  environment.pass(500);
  assert.equal(spoken.text.value, "lost, 0", "a transient state is not announced");
  state.value = "running";
  environment.pass(1_000);
  assert.equal(spoken.text.value, "running, 0");
  spoken[Symbol.dispose]();
  assert.equal(environment.left, 0);
});
