import assert from "node:assert/strict";
import { createFreshness } from "../../../lib/dashboard/live/freshness.ts";
import { FakeEnvironment } from "../fake_environment.ts";

Deno.test("after 2.5 s without a status, the age increases until the next one", () => {
  const environment = new FakeEnvironment();
  const freshness = createFreshness(environment, environment.now());
  freshness.check();
  environment.pass(2_499);
  assert.equal(freshness.ageMs.value, 0);
  environment.pass(1);
  assert.equal(freshness.ageMs.value, 2_500);
  environment.pass(500);
  assert.equal(freshness.ageMs.value, 3_000);
  environment.pass(11_000);
  assert.equal(freshness.ageMs.value, 14_000);
  freshness.received(environment.now());
  assert.equal(freshness.ageMs.value, 0);
  environment.pass(2_500);
  assert.equal(freshness.ageMs.value, 2_500);
});

Deno.test("a frozen page updates its age when it resumes", () => {
  const environment = new FakeEnvironment();
  const freshness = createFreshness(environment, environment.now() - 60_000);
  freshness.check();
  assert.equal(freshness.ageMs.value, 60_000);
});

Deno.test("the age counts from the arrival of a status that is shown later", () => {
  const environment = new FakeEnvironment();
  const freshness = createFreshness(environment, environment.now());
  freshness.check();
  const arrivedAt = environment.now();
  environment.pass(500);
  freshness.received(arrivedAt);
  environment.pass(1_999);
  assert.equal(freshness.ageMs.value, 0);
  environment.pass(1);
  assert.equal(freshness.ageMs.value, 2_500);
});
