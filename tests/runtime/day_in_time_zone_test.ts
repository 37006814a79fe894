import assert from "node:assert/strict";
import { dayInTimeZone } from "../../lib/runtime/day_in_time_zone.ts";

Deno.test("dayInTimeZone() returns the date in a time zone", () => {
  const at = Date.UTC(2026, 6, 13, 20, 0);
  assert.equal(dayInTimeZone("UTC", at), "20260713");
  assert.equal(dayInTimeZone("Asia/Shanghai", at), "20260714");
  assert.equal(dayInTimeZone("Pacific/Kiritimati", Date.UTC(2026, 11, 31, 10, 0)), "20270101");
  assert.equal(dayInTimeZone("America/Los_Angeles", Date.UTC(2026, 0, 1, 7, 59)), "20251231");
});

Deno.test("dayInTimeZone() starts a day at midnight across DST changes", () => {
  const midnight = Date.UTC(2026, 2, 28, 23, 0);
  assert.equal(dayInTimeZone("Europe/Berlin", midnight - 1), "20260328");
  assert.equal(dayInTimeZone("Europe/Berlin", midnight), "20260329");
  assert.equal(dayInTimeZone("Europe/Berlin", midnight + 23 * 3_600_000), "20260330");
});
