import assert from "node:assert/strict";
import { type Visit, visitAt, visitCookie } from "../../../lib/dashboard/overview/last_visit.ts";

const NOW = 1_790_000_000_000;
const MINUTE = 60_000;

/** The header that a browser sends after a page has set the cookie. */
const sent = (visit: Visit) => `theme=dark; ${visitCookie(visit).split(";")[0]}`;

Deno.test("a first visit has no previous visit", () => {
  for (const cookie of [null, "", "theme=dark", "visit=", "visit=soon", "visit=12-x", "visit=1"]) {
    assert.deepEqual(visitAt(cookie, NOW), { seen: NOW, since: null }, String(cookie));
  }
});

Deno.test("a visit after half an hour starts a new visit, which keeps its start time", () => {
  const first = visitAt(null, NOW);
  const soon = visitAt(sent(first), NOW + 29 * MINUTE);
  assert.equal(soon.since, null);
  const later = visitAt(sent(soon), NOW + 60 * MINUTE);
  assert.equal(later.since, NOW + 29 * MINUTE);
  assert.equal(visitAt(sent(later), NOW + 80 * MINUTE).since, NOW + 29 * MINUTE);
  assert.equal(visitAt(sent(later), NOW + 200 * MINUTE).since, NOW + 60 * MINUTE);
});

Deno.test("a dismissed summary stays hidden until the next visit", () => {
  const read = sent({ seen: NOW, since: null });
  assert.equal(visitAt(read, NOW + MINUTE).since, null);
  assert.equal(visitAt(read, NOW + 40 * MINUTE).since, NOW);
});

Deno.test("a future timestamp is ignored, and time never goes back", () => {
  assert.equal(visitAt(sent({ seen: NOW + 2 * MINUTE, since: 1e12 }), NOW).since, null);
  assert.equal(visitAt(sent({ seen: NOW + 1_000, since: null }), NOW).seen, NOW + 1_000);
});
