import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import { createSpokenSummary } from "../../lib/dashboard/spoken_summary.ts";
import { FakeEnvironment } from "./fake_environment.ts";

function begin() {
  const environment = new FakeEnvironment();
  const state = signal("running");
  const stream = { pending: 0 };
  const say = () => `${state.peek()}, ${stream.pending}`;
  return { environment, state, stream, summary: createSpokenSummary({ state, say, environment }) };
}

Deno.test("nothing is spoken while nothing changes", () => {
  const { environment, summary } = begin();
  environment.pass(600_000);
  assert.equal(summary.text.value, "");
  summary[Symbol.dispose]();
  assert.equal(environment.left, 0);
});

Deno.test("figures that change are spoken of once a minute", () => {
  const { environment, stream, summary } = begin();
  const spoken: string[] = [];
  const stop = summary.text.subscribe((text) => spoken.push(text));
  for (let second = 1; second <= 150; second++) {
    stream.pending = second;
    environment.pass(1_000);
  }
  assert.deepEqual(spoken, ["", "running, 60", "running, 120"]);
  stop();
  summary[Symbol.dispose]();
});

Deno.test("a state that has turned is spoken of as soon as it has lasted a second", () => {
  const { environment, state, summary } = begin();
  environment.pass(5_000);
  state.value = "lost";
  environment.pass(999);
  assert.equal(summary.text.value, "");
  environment.pass(1);
  assert.equal(summary.text.value, "lost, 0");
  state.value = "running";
  environment.pass(500);
  state.value = "lost";
  environment.pass(500);
  assert.equal(summary.text.value, "lost, 0", "what came and went is not spoken of");
  state.value = "running";
  environment.pass(1_000);
  assert.equal(summary.text.value, "running, 0");
  summary[Symbol.dispose]();
  assert.equal(environment.left, 0);
});
