import assert from "node:assert/strict";
import { createFreshness } from "../../../lib/dashboard/live/freshness.ts";
import { FakeEnvironment } from "../fake_environment.ts";

Deno.test("after three seconds without a status, the age increases until the next one", () => {
  const environment = new FakeEnvironment();
  const freshness = createFreshness(environment, environment.now());
  freshness.check();
  environment.pass(2_999);
  assert.equal(freshness.ageMs.value, 0);
  environment.pass(1);
  assert.equal(freshness.ageMs.value, 3_000);
  environment.pass(11_000);
  assert.equal(freshness.ageMs.value, 14_000);
  freshness.received();
  assert.equal(freshness.ageMs.value, 0);
  environment.pass(3_000);
  assert.equal(freshness.ageMs.value, 3_000);
});

Deno.test("a frozen page updates its age when it resumes", () => {
  const environment = new FakeEnvironment();
  const freshness = createFreshness(environment, environment.now() - 60_000);
  freshness.check();
  assert.equal(freshness.ageMs.value, 60_000);
});
