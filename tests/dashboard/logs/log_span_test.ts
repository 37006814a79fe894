import assert from "node:assert/strict";
import { NO_FILTER } from "../../../lib/dashboard/logs/log_filter.ts";
import {
  cursorAt,
  inputTime,
  isForward,
  isLive,
  LIVE,
  localTime,
  logHref,
  readSpan,
} from "../../../lib/dashboard/logs/log_span.ts";

const read = (query: string) => readSpan(new URLSearchParams(query));

Deno.test("a part of the log is in its address, and the live log in one without a query", () => {
  const span = { since: 1_000, until: 2_000, before: "5.a node", after: null };
  const href = logHref({ ...NO_FILTER, levels: ["error"], text: "x" }, span);
  assert.equal(href, "/logs?level=error&q=x&since=1000&until=2000&before=5.a+node");
  assert.deepEqual(read(href.slice("/logs?".length)), span);
  assert.equal(logHref(NO_FILTER, LIVE), "/logs");
  assert.ok(isLive(read("q=x")));
  assert.ok(!isLive(read("since=0")));
});

Deno.test("invalid values of an address are ignored", () => {
  assert.deepEqual(read("since=-1&until=x&before=x&after=1&from=yesterday&to="), LIVE);
});

Deno.test("the local times of a form without scripts are read in the server's time zone", () => {
  const at = new Date(2026, 10, 26, 10, 3, 5).getTime();
  assert.equal(read("from=2026-11-26T10:03:05").since, at);
  assert.equal(read("to=2026-11-26T10:03").until, at - 5_000);
  assert.equal(localTime(inputTime(at)), at);
  assert.equal(inputTime(null), "");
  assert.equal(localTime("2026-13-99T10:03"), null);
});

Deno.test("a page is filled from the end of its span, or from the start where there is only that", () => {
  assert.ok(!isForward(read("until=5")));
  assert.ok(!isForward(read("since=1&until=5")));
  assert.ok(isForward(read("since=1")));
  assert.ok(!isForward(read(`since=1&before=${cursorAt(5)}`)));
  assert.ok(isForward(read(`since=1&until=5&after=${cursorAt(1)}`)));
});
