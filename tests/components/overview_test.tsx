import { signal } from "@preact/signals";
import assert from "node:assert/strict";
import { render } from "preact-render-to-string";
import { NodeRows } from "../../components/overview/NodeRows.tsx";
import { Race } from "../../components/overview/Race.tsx";
import { TopCauses } from "../../components/overview/TopCauses.tsx";
import { VerdictLinks } from "../../components/overview/VerdictLinks.tsx";
import { liveStatus } from "../../lib/dashboard/live/live_status.ts";
import { createTrendModel } from "../../lib/dashboard/overview/trend_model.ts";
import { overviewSideWords } from "../../lib/i18n/overview_side_words.ts";
import { overviewWords } from "../../lib/i18n/overview_words.ts";
import { createVoice } from "../../lib/i18n/voice.ts";
import { sumNodes } from "../../lib/wire/cluster_sums.ts";
import type { ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { BEGIN, flowing, nodeOf, statusOf, watched } from "../support/statuses.ts";

const voice = createVoice("en", { ...overviewWords.en, ...overviewSideWords.en });

function race(statuses: ProcessorStatus[], changes: object = {}) {
  const live = { ...liveStatus(watched(statuses)), ...changes };
  const trend = createTrendModel(statuses.at(-1)!, []);
  const html = render(<Race voice={voice} live={live} trend={trend} minor />);
  return (field: string) => {
    const cell = new RegExp(`data-field="${field}"(.*?)</div>`).exec(html)?.[1] ?? "";
    return {
      figure: /class="number">([^<]*)</.exec(cell)?.[1],
      note: /(?:class="say"[^>]*|<small)>([^<]*)</.exec(cell)?.[1],
      tone: /data-tone="(\w+)"/.exec(cell)?.[1],
    };
  };
}

Deno.test("the race shows rates, queue depths, and a growing backlog", () => {
  const cell = race(flowing({ seconds: 20, arriving: 1_000, finishing: 210 }));
  assert.equal(cell("arriving").figure, "1,000");
  assert.equal(cell("speed").figure, "210");
  assert.equal(cell("queue_pending").figure, "15,800");
  assert.equal(cell("queue_pending").tone, "warning");
  assert.equal(cell("queue_dead").tone, undefined, "a count is red only if it requires action");
});

Deno.test("without a fresh status, each note shows the time of its number", () => {
  const cell = race([statusOf({ speed: 5 })], { fresh: signal(false) });
  for (const field of ["arriving", "queue_pending", "in_flight", "speed", "queue_dead"]) {
    assert.match(cell(field).note ?? "", /^As of \d\d:\d\d:\d\d$/);
  }
});

Deno.test("nodes that a status omits are counted", () => {
  const listed = [nodeOf(), nodeOf({ node: "vm-2" })];
  const rows = (status: ProcessorStatus) =>
    render(<NodeRows voice={voice} live={liveStatus(watched([status]))} linked />);
  assert.doesNotMatch(rows(statusOf({ nodes: listed })), /more</);
  const cluster = { ...sumNodes(listed), live: 990, lost: 10 };
  assert.match(rows(statusOf({ nodes: listed, cluster })), />and 998 more</);
});

Deno.test("articles of a lost node are highlighted among those in progress", () => {
  const held = nodeOf({ node: "vm-2", lost: true, in_flight: 800, lease_until: BEGIN + 22_000 });
  const status = statusOf({ in_flight: 920, held_by_lost: 800, nodes: [nodeOf(), held] });
  const cell = race([status]);
  assert.deepEqual(cell("in_flight"), {
    figure: "920",
    note: "800 held by a lost node",
    tone: "danger",
  });
  const live = liveStatus(watched([status]));
  const links = render(<VerdictLinks voice={voice} live={live} />);
  assert.match(links, /Back in the queue.*22 s/);
  assert.match(links, /Last heartbeat/);
  const rows = render(<NodeRows voice={voice} live={live} linked />);
  assert.match(rows, /data-condition="lost"/);
  assert.match(rows, /800 held/);
});

Deno.test("while the broker is away, nodes are unknown and none is reported missing", () => {
  const away = statusOf({ outages: ["broker"], running: false, nodes: [] });
  const live = liveStatus(watched([statusOf(), away]));
  const rows = render(<NodeRows voice={voice} live={live} linked />);
  assert.match(rows, /Not known: Redis unavailable/);
});

Deno.test("causes link to their articles if the viewer may see them", () => {
  const cause = {
    fingerprint: "f1",
    sample: "HTML entity is not closed",
    reason: "threw",
    retry: 3,
    dead: 25,
    recent: [0, 2, 5],
  };
  const top = signal({ total: 4, causes: [cause] });
  const linked = render(<TopCauses voice={voice} top={top} linked />);
  assert.match(linked, /href="\/failures\?cause=f1"/);
  assert.match(linked, /All 4 causes/);
  assert.match(linked, /<b class="num">28<\/b>/);
  assert.doesNotMatch(render(<TopCauses voice={voice} top={top} linked={false} />), /href=/);
  const none = render(<TopCauses voice={voice} top={signal({ total: 0, causes: [] })} linked />);
  assert.match(none, /No failed articles/);
  const unknown = render(<TopCauses voice={voice} top={signal(null)} linked />);
  assert.match(unknown, /Not known: database unavailable/);
});
