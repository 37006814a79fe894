import assert from "node:assert/strict";
import { newDraft, readDraft } from "../../../lib/dashboard/alerts/rule_draft.ts";
import type { AlertRule } from "../../../lib/wire/alerts.ts";

const RULE: AlertRule = {
  ...newDraft("backlog", "A backlog"),
  threshold: 10_000,
  for_seconds: 300,
  id: 7,
  muted_until: null,
  last_fired_at: null,
  firing: false,
};

const draft = (query: string) => readDraft(new URLSearchParams(query), [RULE], () => "named");

Deno.test("a URL with a rule's id opens that rule, and one without opens none", () => {
  assert.equal(draft(""), null);
  assert.equal(draft("rule=7")?.name, "A backlog");
  assert.equal(draft("rule=new")?.id, null);
});

Deno.test("a form's changes to a rule are kept, and an unchecked box means off", () => {
  const changed = draft(
    "rule=7&measure=stuck&threshold=12.5&for_seconds=3&name=x&target=1&target=2",
  );
  assert.deepEqual(changed, {
    id: 7,
    name: "x",
    measure: "stuck",
    threshold: "12.5",
    for_seconds: "3",
    target_ids: [1, 2],
    browser: false,
    notify_resolved: false,
    enabled: false,
  });
});

Deno.test("numbers in a URL are kept as typed, and other invalid parameters ignored", () => {
  const changed = draft("rule=7&measure=weather&threshold=many&for_seconds=&target=x");
  assert.equal(changed?.measure, "backlog");
  assert.deepEqual([changed?.threshold, changed?.for_seconds], ["many", ""]);
  assert.deepEqual(changed?.target_ids, []);
});
