import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RULES = `${ROOT}ops/prometheus/millrace.rules.yml`;
const RULES_TEST = RULES.replace(/yml$/, "test.yml");
const BOARD = `${ROOT}ops/grafana/millrace.json`;
const METRIC = /\b(?:millrace|process)_[a-z_]+\b/g;

const hasPromtool = await new Deno.Command("promtool", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);
const withPromtool = (name: string) => ({
  name: hasPromtool ? name : `${name} (skipped: promtool is not installed)`,
  ignore: !hasPromtool,
});

/** The schema of the parts of Grafana's dashboard model that the board uses. */
const board = z.object({
  uid: z.string().max(40),
  title: z.string().min(1),
  schemaVersion: z.int().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(z.object({
    id: z.int(),
    type: z.enum(["stat", "timeseries"]),
    title: z.string().min(1),
    gridPos: z.object({ x: z.int().max(23), y: z.int(), w: z.int().max(24), h: z.int() }),
    targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1) })).min(1),
  })),
});

/** Metrics that a node has after the first comparison of database and queue; lost_queue_test.ts has them. */
const AFTER_COMPARISON = ["millrace_missing_from_queue"];

Deno.test(
  withPromtool("promtool accepts the metrics of a node, and they count its work"),
  async () => {
    await using node = await startMillrace();
    await process(node);
    const text = await metricsOf(node);
    const { success, output } = await promtool(["check", "metrics"], text);
    assert.ok(success, output);
    const sample = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
    assert.equal(sample(/^millrace_processed_total (\d+)$/m), 3);
    assert.equal(sample(/^millrace_wait_seconds_count\{.*\} (\d+)$/m), 3);
    assert.equal(sample(/^millrace_run_seconds_count\{.*\} (\d+)$/m), 3);
    assert.ok(sample(/^millrace_sql_seconds_count (\d+)$/m) > 3);

    for (
      const [file, queries] of Object.entries({
        rules: await rulesText(),
        "test of the rules": await Deno.readTextFile(RULES_TEST),
        board: await boardText(),
      })
    ) {
      const known = new Set([...text.match(METRIC) ?? [], ...AFTER_COMPARISON]);
      const unknown = [...new Set(queries.match(METRIC))].filter((name) => !known.has(name));
      assert.deepEqual(unknown, [], `metrics in the ${file} that a node does not have`);
    }
  },
);

Deno.test(withPromtool("promtool accepts the alert rules and the board's queries"), async () => {
  const { success, output } = await promtool(["check", "rules", RULES]);
  assert.ok(success, output);
  const { panels } = board.parse(JSON.parse(await boardText()));
  const rules = panels.flatMap(({ id, targets }) =>
    targets.map(({ refId, expr }) => ({
      record: `panel_${id}_${refId}`,
      expr: expr.replaceAll("$__rate_interval", "5m"),
    }))
  );
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/board.yml`;
    await Deno.writeTextFile(file, JSON.stringify({ groups: [{ name: "board", rules }] }));
    const queries = await promtool(["check", "rules", file]);
    assert.ok(queries.success, queries.output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test(withPromtool("each rule fires on the series of a node when it should"), async () => {
  const { success, output } = await promtool(["test", "rules", RULES_TEST]);
  assert.ok(success, output);
  const names = (await rulesText()).matchAll(/- alert: (\w+)/g);
  const tests = await Deno.readTextFile(RULES_TEST);
  const untested = [...names].flatMap(([, name]) => tests.includes(`"${name}"`) ? [] : [name]);
  assert.deepEqual(untested, [], "rules without a test");
});

Deno.test("the panels of the board do not overlap", async () => {
  const { panels } = board.parse(JSON.parse(await boardText()));
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + i % w} ${y + Math.floor(i / w)}`)
  );
  assert.equal(new Set(cells).size, cells.length);
});

const boardText = () => Deno.readTextFile(BOARD);

/** The expressions of the rules, without their descriptions, which contain page names. */
const rulesText = () => Deno.readTextFile(RULES);

async function metricsOf(node: Millrace): Promise<string> {
  return await (await node.fetch("/metrics")).text();
}

async function process(node: Millrace) {
  const content = "<p>一个足够长的段落，用来看看整条流水线是否真的把它处理完了。</p>";
  const articles = ["一", "二", "三"].map((title) => JSON.stringify({ title, content }));
  await node.fetch("/api/articles/import", {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: articles.join("\n"),
  });
  await eventually(async () => {
    assert.match(await metricsOf(node), /^millrace_processed_total 3$/m);
    assert.match(await metricsOf(node), /^millrace_run_seconds_count\{.*\} 3$/m);
  }, 60_000);
}

async function promtool(args: string[], input = ""): Promise<{ success: boolean; output: string }> {
  const child = new Deno.Command("promtool", {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return { success, output };
}
