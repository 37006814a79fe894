import assert from "node:assert/strict";
import { createLogModel, type LogLine } from "../../../lib/dashboard/logs/log_model.ts";

function line(id: number, timestamp = `2026-01-01T00:00:${String(id).padStart(2, "0")}Z`): LogLine {
  return { id, level: "info", message: `line ${id}`, timestamp };
}

function start(initial: LogLine[] = [], capacity = 5) {
  const frames: (() => void)[] = [];
  const model = createLogModel({ initial, capacity, schedule: (show) => frames.push(show) });
  const ids = () => model.lines.value.map(({ id }) => id);
  const nextFrame = () => frames.splice(0).forEach((show) => show());
  return { model, ids, frames, nextFrame };
}

Deno.test("lines received within one frame are rendered together", () => {
  const { model, ids, frames, nextFrame } = start([line(1)]);
  model.add(line(2));
  model.add(line(3));
  assert.deepEqual(ids(), [1]);
  assert.equal(frames.length, 1);
  nextFrame();
  assert.deepEqual(ids(), [1, 2, 3]);
  model.add(line(4));
  assert.equal(frames.length, 1);
});

Deno.test("the oldest lines are evicted, and memory stays bounded", () => {
  const { model, ids, nextFrame } = start();
  for (let id = 1; id <= 1_000; id++) model.add(line(id));
  nextFrame();
  assert.deepEqual(ids(), [996, 997, 998, 999, 1_000]);
  assert.equal(model.lastId(), 1_000);
});

Deno.test("a duplicate line is not shown twice", () => {
  const { model, ids, nextFrame } = start([line(1), line(2)]);
  model.add(line(2));
  model.add(line(3));
  model.add(line(3));
  nextFrame();
  assert.deepEqual(ids(), [1, 2, 3]);
});

Deno.test("a broker that restarts its numbering is followed", () => {
  const { model, ids, nextFrame } = start([line(8), line(9)]);
  model.add(line(1, "2026-01-01T01:00:00Z"));
  model.add(line(9, "2026-01-01T01:00:01Z"));
  nextFrame();
  assert.deepEqual(ids(), [8, 9, 1, 9]);
  assert.equal(model.lastId(), 9);
});

Deno.test("pausing keeps the shown lines and counts new ones", () => {
  const { model, ids, nextFrame } = start([line(1)]);
  model.pause();
  for (let id = 2; id <= 30; id++) model.add(line(id));
  nextFrame();
  assert.deepEqual(ids(), [1]);
  assert.equal(model.waiting.value, 29);
  model.resume();
  assert.deepEqual(ids(), [26, 27, 28, 29, 30]);
  assert.equal(model.waiting.value, 0);
});
