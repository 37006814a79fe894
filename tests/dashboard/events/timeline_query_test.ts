import assert from "node:assert/strict";
import { readTimelineQuery, timelineHref } from "../../../lib/dashboard/events/timeline_query.ts";

Deno.test("a timeline view round-trips through its URL", () => {
  const query = {
    span: "24h" as const,
    until: 1_700_000_000_000,
    groups: ["bulk" as const, "nodes" as const],
    actor: "Lin Wei",
    node: "vm-54bb",
    minute: 1_699_999_980_000,
    cursor: 12,
  };
  const { searchParams } = new URL(timelineHref(query, { cursor: 12 }), "http://localhost");
  assert.deepEqual(readTimelineQuery(searchParams), query);
});

Deno.test("invalid parameters in a URL are ignored", () => {
  const query = readTimelineQuery(
    new URLSearchParams("span=__proto__&until=x&group=y&minute=-1&cursor=1e9"),
  );
  assert.deepEqual(query, {
    span: "1h",
    until: null,
    groups: [],
    actor: "",
    node: "",
    minute: null,
    cursor: null,
  });
  assert.equal(timelineHref(query), "/events");
});

Deno.test("a timestamp opens its minute", () => {
  assert.equal(
    readTimelineQuery(new URLSearchParams("minute=1700000030500")).minute,
    1_699_999_980_000,
  );
});
