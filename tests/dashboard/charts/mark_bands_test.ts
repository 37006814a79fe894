import assert from "node:assert/strict";
import { bandsOf } from "../../../lib/dashboard/charts/mark_bands.ts";

Deno.test("outages and alerts are bands from start to end", () => {
  assert.deepEqual(
    bandsOf(
      [
        { kind: "outage_ended", at: 40, subject: "broker" },
        { kind: "alert_raised", at: 30, subject: "Dead letters" },
        { kind: "outage_began", at: 20, subject: "broker" },
      ],
      10,
      100,
    ),
    [{ from: 20, to: 40 }, { from: 30, to: 100 }],
  );
});

Deno.test("an outage that started before the first event is a band from the edge", () => {
  const events = [{ kind: "outage_ended", at: 40, subject: "database" }] as const;
  assert.deepEqual(bandsOf(events, 10, 100), [{ from: 10, to: 40 }]);
});
