import assert from "node:assert/strict";
import { NO_TRAIL, readMeasures } from "../../lib/alerts/alert_measures.ts";
import { BEGIN, statusOf } from "../support/statuses.ts";

Deno.test("`difference` is what the last comparison found missing, unknown while a server is away", () => {
  const comparison = { at: BEGIN, database: 9, queue: 4, missing: 5 };
  assert.equal(readMeasures(NO_TRAIL, statusOf()).difference, 0);
  assert.equal(readMeasures(NO_TRAIL, statusOf({ comparison })).difference, 5);
  const away = statusOf({ comparison, outages: ["broker"] });
  assert.equal(readMeasures(NO_TRAIL, away).difference, null);
});
