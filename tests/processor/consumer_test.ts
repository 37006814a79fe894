import assert from "node:assert/strict";
import { freeCapacity } from "../../lib/processor/consumer.ts";

Deno.test("articles in quarantine leave the room of others, up to three times as many as fit", () => {
  assert.equal(freeCapacity({ capacity: 800, inFlight: 0, quarantined: 0 }), 800);
  assert.equal(freeCapacity({ capacity: 800, inFlight: 800, quarantined: 0 }), 0);
  assert.equal(freeCapacity({ capacity: 800, inFlight: 800, quarantined: 800 }), 800);
  assert.equal(freeCapacity({ capacity: 800, inFlight: 2_000, quarantined: 1_500 }), 300);
  assert.equal(freeCapacity({ capacity: 800, inFlight: 2_900, quarantined: 2_500 }), 300);
  assert.equal(freeCapacity({ capacity: 800, inFlight: 3_200, quarantined: 3_200 }), 0);
});
