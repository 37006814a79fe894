import assert from "node:assert/strict";
import { type Bus, CHANNELS } from "../../lib/bus/bus.ts";
import type { LogLine } from "../../lib/wire/log_line.ts";
import { eventually } from "../support/eventually.ts";

/** An empty bus under test. */
export interface Subject extends AsyncDisposable {
  bus: Bus;
  /** The errors that subscribers threw. */
  errors: Error[];
}

/** The contract of every bus; each test gets a new subject. */
export type Contract = Record<string, (subject: Subject) => Promise<void>>;

export function line(message: string, more: Partial<LogLine> = {}): LogLine {
  return {
    type: "log",
    level: "info",
    message,
    timestamp: "2026-07-13T12:00:00.000Z",
    node: "a",
    ...more,
  };
}

export const busContract: Contract = {
  async "a message is delivered to every subscriber of its channel, in order, and to no other"(
    { bus },
  ) {
    const first: string[] = [];
    const second: string[] = [];
    const other: string[] = [];
    await using _first = await bus.subscribe(CHANNELS.status, (m) => void first.push(m));
    await using _second = await bus.subscribe(CHANNELS.status, (m) => void second.push(m));
    await using _other = await bus.subscribe(CHANNELS.commands, (m) => void other.push(m));
    const messages = Array.from({ length: 100 }, (_, i) => `汉 ${i} "\n`);
    for (const message of messages) await bus.publish(CHANNELS.status, message);
    await eventually(() => assert.deepEqual([first, second], [messages, messages]));
    assert.deepEqual(other, []);
  },

  async "concurrent subscriptions all take effect"({ bus }) {
    const received: string[] = [];
    const subscriptions = await Promise.all(
      ["a", "b", "c"].map((name) =>
        bus.subscribe(CHANNELS.status, (m) => void received.push(name + m))
      ),
    );
    await bus.publish(CHANNELS.status, "1");
    await eventually(() => assert.deepEqual(received.toSorted(), ["a1", "b1", "c1"]));
    for (const subscription of subscriptions) await subscription[Symbol.asyncDispose]();
  },

  async "an ended subscription receives no more messages, and the others do"({ bus }) {
    const ended: string[] = [];
    const staying: string[] = [];
    const subscription = await bus.subscribe(CHANNELS.status, (m) => void ended.push(m));
    await using _stays = await bus.subscribe(CHANNELS.status, (m) => void staying.push(m));
    await bus.publish(CHANNELS.status, "1");
    await eventually(() => assert.deepEqual([ended, staying], [["1"], ["1"]]));
    await subscription[Symbol.asyncDispose]();
    await subscription[Symbol.asyncDispose]();
    await bus.publish(CHANNELS.status, "2");
    await eventually(() => assert.deepEqual(staying, ["1", "2"]));
    assert.deepEqual(ended, ["1"]);
  },

  async "a channel can be subscribed again after its last subscription ends"({ bus }) {
    for (const message of ["1", "2"]) {
      const received: string[] = [];
      await using _subscription = await bus.subscribe(CHANNELS.logs, (m) => void received.push(m));
      await bus.publish(CHANNELS.logs, message);
      await eventually(() => assert.deepEqual(received, [message]));
    }
  },

  async "a channel can be subscribed while its last subscription is ending"({ bus }) {
    const leaving = await bus.subscribe(CHANNELS.logs, () => {});
    const received: string[] = [];
    const left = leaving[Symbol.asyncDispose]();
    await using _subscription = await bus.subscribe(CHANNELS.logs, (m) => void received.push(m));
    await left;
    await bus.publish(CHANNELS.logs, "1");
    await eventually(() => assert.deepEqual(received, ["1"]));
  },

  async "a subscriber's error is reported, and the other subscribers receive the message"(
    { bus, errors },
  ) {
    const received: string[] = [];
    const failure = new Error("It failed.");
    await using _failing = await bus.subscribe(CHANNELS.status, () => {
      throw failure;
    });
    await using _subscription = await bus.subscribe(CHANNELS.status, (m) => void received.push(m));
    await bus.publish(CHANNELS.status, "1");
    await eventually(() => assert.deepEqual([received, errors], [["1"], [failure]]));
  },

  async "log lines are numbered, retained and published"({ bus }) {
    const received: string[] = [];
    await using _subscription = await bus.subscribe(CHANNELS.logs, (m) => void received.push(m));
    await bus.appendLogs([line("one"), line("two", { article: 7, level: "error" })]);
    await bus.appendLogs([line('three "quoted" / 汉\n')]);
    await bus.appendLogs([]);
    const { lines, complete } = await bus.recentLogs({ limit: 10 });
    assert.equal(complete, true);
    assert.deepEqual(
      lines.map(({ id: _, ...rest }) => rest),
      [line("one"), line("two", { article: 7, level: "error" }), line('three "quoted" / 汉\n')],
    );
    assert.ok(
      lines.every(({ id }, i) => i === 0 || id > lines[i - 1]!.id),
      "Ids are not increasing.",
    );
    await eventually(() => assert.deepEqual(received.map((each) => JSON.parse(each)), lines));
  },

  async "recent() returns the last lines, oldest first"({ bus }) {
    await bus.appendLogs(["1", "2", "3"].map((message) => line(message)));
    const { lines } = await bus.recentLogs({ limit: 2 });
    assert.deepEqual(lines.map(({ message }) => message), ["2", "3"]);
  },

  async "a reader that reconnects gets the lines since its id, or a gap is reported"(
    { bus },
  ) {
    await bus.appendLogs([line("1"), line("2"), line("3")]);
    const [first, , third] = (await bus.recentLogs({ limit: 10 })).lines;
    const since = await bus.recentLogs({ since: first!.id, limit: 10 });
    assert.deepEqual(since.lines.map(({ message }) => message), ["2", "3"]);
    assert.equal(since.complete, true);
    assert.deepEqual(await bus.recentLogs({ since: third!.id, limit: 10 }), {
      lines: [],
      complete: true,
    });
    const short = await bus.recentLogs({ since: first!.id, limit: 1 });
    assert.deepEqual([short.lines.map(({ message }) => message), short.complete], [["3"], false]);
    const unknown = await bus.recentLogs({ since: first!.id - 1, limit: 10 });
    assert.deepEqual([unknown.lines.length, unknown.complete], [3, false]);
  },

  async "a burst of lines is trimmed to the last 2,000"({ bus }) {
    await bus.appendLogs([line("first")]);
    const [first] = (await bus.recentLogs({ limit: 1 })).lines;
    await bus.appendLogs(Array.from({ length: 2_500 }, (_, i) => line(String(i))));
    const { lines, complete } = await bus.recentLogs({ since: first!.id, limit: 5_000 });
    assert.equal(complete, false);
    assert.equal(lines.length, 2_000);
    assert.deepEqual([lines[0]?.message, lines.at(-1)?.message], ["500", "2499"]);
  },
};
