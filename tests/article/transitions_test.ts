import assert from "node:assert/strict";
import {
  ARTICLE_STATES,
  nextState,
  statesBefore,
  TRANSITIONS,
} from "../../lib/article/state_machine.ts";

Deno.test("nextState() follows the transition table", () => {
  assert.equal(nextState("pending", "processed"), "processed");
  assert.equal(nextState("retry", "failed"), "retry");
  assert.equal(nextState("retry", "exhausted"), "dead");
  assert.equal(nextState("dead", "retried"), "pending");
  assert.equal(nextState("dead", "cleared"), "discarded");
  assert.equal(nextState("discarded", "undone"), "dead");
});

Deno.test("nextState() ignores events that do not apply to a state", () => {
  assert.equal(nextState("processed", "processed"), null);
  assert.equal(nextState("discarded", "failed"), null);
  assert.equal(nextState("pending", "cleared"), null);
});

Deno.test("every event leads to one state", () => {
  for (const state of ARTICLE_STATES) {
    const events = TRANSITIONS.filter(({ from }) => from.includes(state)).flatMap(({ events }) =>
      events
    );
    assert.equal(new Set(events).size, events.length);
  }
});

Deno.test("statesBefore() returns the states in which an event may occur", () => {
  assert.deepEqual(statesBefore("processed"), ["pending", "retry"]);
  assert.deepEqual(statesBefore("cleared"), ["dead"]);
});

Deno.test("the documented state table matches the code", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/architecture.md", import.meta.url));
  const section = page.slice(page.indexOf("## An article's states"));
  const rows = section.slice(0, section.indexOf("\n## ", 1)).split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 5 && ARTICLE_STATES.some((state) => state === cells[3]));
  const documented = rows.flatMap(([, from, , to]) =>
    from!.split(", ").map((one) => `${one} → ${to}`)
  );
  const coded = TRANSITIONS.flatMap(({ from, to }) => from.map((one) => `${one} → ${to}`));
  assert.deepEqual(documented.sort(), coded.sort());
});
