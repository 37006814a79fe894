import assert from "node:assert/strict";
import { progressBar, progressLine } from "../../tasks/progress_bar.ts";

function display(columns: number | null) {
  const written: string[] = [];
  const clock = { now: 0 };
  return {
    written,
    clock,
    display: { columns, write: (text: string) => void written.push(text), now: () => clock.now },
  };
}

Deno.test("a line shows the amount sent, the speed and the remaining time", () => {
  assert.equal(
    progressLine({ name: "a.csv", sent: 512_000, total: 2_048_000, elapsed: 1_000 }, 8),
    "a.csv  ██░░░░░░  25 %  512.0 kB of 2.0 MB  512.0 kB/s  00:03 left",
  );
  assert.equal(
    progressLine({ name: "a.csv", sent: 5e9, total: 60e9, elapsed: 500_000 }),
    "a.csv  8 %  5.00 GB of 60.00 GB  10.0 MB/s  1:31:40 left",
  );
});

Deno.test("a line omits unknown and obsolete values", () => {
  const all = { name: "a", sent: 10, total: 10, elapsed: 1_000 };
  assert.equal(progressLine(all), "a  100 %  10 B of 10 B  10 B/s");
  assert.equal(progressLine({ ...all, sent: 0, elapsed: 0 }), "a  0 %  0 B of 10 B");
  assert.equal(progressLine({ ...all, sent: 0, total: 0 }), "a  100 %  0 B of 0 B");
  assert.equal(progressLine({ ...all, total: null }, 8), "a  10 B  10 B/s");
});

Deno.test("on a terminal, the line is redrawn at most ten times per second, and fits the width", () => {
  const { written, clock, display: terminal } = display(40);
  {
    using bar = progressBar("a-long-name.jsonl", 1_000, terminal);
    for (clock.now = 10; clock.now <= 300; clock.now += 10) bar.advance(10);
    bar.complete();
  }
  assert.equal(written.length, 5);
  assert.equal(written.pop(), "\n");
  for (const line of written) {
    assert.ok(line.startsWith("\r") && line.endsWith("\x1b[K"));
    assert.ok(line.length <= 39 + "\r\x1b[K".length);
  }
});

Deno.test("the remaining time counts neither broken attempts nor the time between attempts", () => {
  const { written, clock, display: file } = display(null);
  using bar = progressBar("a", 2_000, file);
  bar.begin();
  clock.now = 5_000;
  bar.advance(500);
  bar.settle();
  clock.now = 20_000;
  bar.begin();
  clock.now = 25_000;
  bar.advance(900);
  clock.now = 90_000;
  bar.begin();
  clock.now = 95_000;
  bar.advance(500);
  assert.deepEqual(written, [
    "a  25 %  500 B of 2.0 kB  100 B/s  00:15 left\n",
    "a  70 %  1.4 kB of 2.0 kB  140 B/s  00:05 left\n",
    "a  50 %  1.0 kB of 2.0 kB  100 B/s  00:10 left\n",
  ]);
});

Deno.test("otherwise, a plain line is printed every five seconds and at the end", () => {
  const { written, clock, display: file } = display(null);
  {
    using bar = progressBar("a", 1_200, file);
    for (clock.now = 1_000; clock.now <= 12_000; clock.now += 1_000) bar.advance(100);
    bar.complete();
  }
  assert.deepEqual(written, [
    "a  41 %  500 B of 1.2 kB  100 B/s  00:07 left\n",
    "a  83 %  1.0 kB of 1.2 kB  100 B/s  00:02 left\n",
    "a  100 %  1.2 kB of 1.2 kB  92 B/s\n",
  ]);
});
