import assert from "node:assert/strict";
import { describeEvent } from "../../../lib/dashboard/events/describe_event.ts";
import { foldEvents } from "../../../lib/dashboard/events/fold_events.ts";
import { eventsWords } from "../../../lib/i18n/events_words.ts";
import { createVoice } from "../../../lib/i18n/voice.ts";
import { AUDIT_KINDS, type AuditEvent, auditEvent } from "../../../lib/wire/audit_event.ts";
import { SETTINGS } from "../../../lib/wire/settings.ts";

function event(kind: string, rest: Record<string, unknown>): AuditEvent {
  return auditEvent.parse({
    id: 1,
    at: 0,
    kind,
    result: "succeeded",
    actor: { name: "Lin Wei", role: "operator", address: "10.0.0.1" },
    node: "vm-1",
    request_id: null,
    ...rest,
  });
}

const sentence = (language: "en" | "zh", each: AuditEvent) =>
  describeEvent(createVoice(language, eventsWords[language]), each).map(({ text }) => text).join(
    "",
  );

Deno.test("an event is a sentence in both languages, with names and subjects emphasized", () => {
  const cleared = event("clear", { subject: "7", counts: { articles: 1_544 } });
  assert.equal(sentence("en", cleared), "Lin Wei cleared 1,544 dead letters");
  assert.equal(sentence("zh", cleared), "Lin Wei 清除 1,544 条死信");
  // As of an operation that another node completed.
  const actor = { name: "Lin Wei (operator) at ::1", role: null, address: null };
  assert.equal(sentence("zh", { ...cleared, actor }), "Lin Wei（操作员，::1） 清除 1,544 条死信");
  const [first] = describeEvent(createVoice("en", eventsWords.en), cleared);
  assert.deepEqual(first, { text: "Lin Wei", strong: true });
});

Deno.test("an import from the standard input is named so", () => {
  const counts = { accepted: 1, duplicates: 0, rejected: 0 };
  const imported = event("import", { subject: "-", counts });
  assert.match(sentence("en", imported), /^Lin Wei imported standard input: 1 accepted/);
  assert.match(sentence("zh", imported), /^Lin Wei 导入 标准输入：/);
});

Deno.test("a producer's imports within a minute are one entry, separate from other events", () => {
  const imported = (id: number, at: number, node = "vm-1") =>
    event("import", {
      id,
      at,
      node,
      subject: null,
      counts: { accepted: 60, duplicates: 1, rejected: 0 },
    });
  const cleared = event("clear", { id: 4, at: 70_000, subject: "7", counts: { articles: 2 } });
  const folded = foldEvents([
    imported(7, 90_000),
    imported(6, 80_000),
    imported(5, 75_000, "vm-2"),
    cleared,
    imported(3, 65_000),
    imported(2, 59_000),
  ]);
  assert.deepEqual(folded.map(({ times, oldest }) => [times, oldest]), [
    [2, 6],
    [1, 5],
    [1, 4],
    [1, 3],
    [1, 2],
  ]);
  assert.deepEqual(folded[0]?.event.counts, { accepted: 120, duplicates: 2, rejected: 0 });
});

Deno.test("an outage names its server, and an import its counts", () => {
  const outage = event("outage_ended", { subject: "broker", counts: { seconds: 12.4 } });
  assert.equal(sentence("en", outage), "Redis is back after 12 s");
  const counts = { accepted: 3, duplicates: 2, rejected: 1 };
  assert.equal(
    sentence("en", event("import", { subject: null, counts })),
    "Lin Wei imported articles: 3 accepted, 2 duplicates, 1 rejected",
  );
});

Deno.test("every kind of event has a sentence without empty placeholders", () => {
  for (const kind of AUDIT_KINDS) {
    const given = { ...event("start", { subject: null, counts: {} }), kind, counts: COUNTS };
    const subject = [null, "broker", "something"].find((each) =>
      auditEvent.safeParse({ ...given, subject: each }).success
    );
    const each = event(kind, { subject, counts: COUNTS });
    for (const language of ["en", "zh"] as const) {
      assert.doesNotMatch(sentence(language, each), /[{}]|undefined|NaN/, kind);
    }
  }
});

const COUNTS = {
  articles: 2,
  accepted: 1,
  duplicates: 1,
  rejected: 1,
  wait_seconds: 3,
  seconds: 4,
};

Deno.test("settings, alerts, exports and samples are named in the reader's language", () => {
  const inBoth = (
    kind: string,
    subject: string,
    counts: Record<string, number> = {},
  ) => [
    sentence("en", event(kind, { subject, counts })),
    sentence("zh", event(kind, { subject, counts })),
  ];
  assert.deepEqual(inBoth("settings", "batch_size, retry_max"), [
    "Lin Wei changed settings: Articles in a batch, Maximum retries",
    "Lin Wei 修改设置：每批文章数、最多重试次数",
  ]);
  assert.deepEqual(inBoth("settings", "alert rule Too slow deleted"), [
    "Lin Wei changed settings: alert rule Too slow deleted",
    "Lin Wei 修改设置：删除告警规则 Too slow",
  ]);
  assert.deepEqual(inBoth("settings", "alert target ops"), [
    "Lin Wei changed settings: alert target ops",
    "Lin Wei 修改设置：告警目标 ops",
  ]);
  assert.deepEqual(inBoth("export", "log"), ["Lin Wei exported the log", "Lin Wei 导出 日志"]);
  const counts = { accepted: 1, duplicates: 0, rejected: 0 };
  assert.match(inBoth("import", "sample", counts)[1]!, /导入 示例文章/);
  assert.match(inBoth("import", "news.json", counts)[1]!, /导入 news\.json/);
  const byProgram = event("stop", {
    subject: null,
    counts: {},
    actor: { name: "another program", role: null, address: null },
  });
  assert.match(sentence("zh", byProgram), /^其他程序/);
});

Deno.test("every setting has a name in the timeline", () => {
  for (const name of Object.keys(SETTINGS)) {
    const changed = event("settings", { subject: name, counts: {} });
    assert.doesNotMatch(sentence("zh", changed), new RegExp(name));
    assert.match(sentence("zh", changed), /：.*\p{Script=Han}/u);
  }
});
