import assert from "node:assert/strict";
import {
  formatCommand,
  formatNodeCommand,
  parseCommand,
  parseNodeAction,
} from "../../lib/processor/node_commands.ts";

const at = Date.parse("2026-03-01T00:00:00Z");

Deno.test("a command of another program is parsed as not persisted", () => {
  const message = '{"action":"stop","timestamp":"2026-03-01T00:00:00Z"}';
  assert.deepEqual(parseCommand(message), { action: "stop", remembered: false });
});

Deno.test("a command from formatCommand() is parsed as persisted", () => {
  assert.deepEqual(parseCommand(formatCommand("start", at)), { action: "start", remembered: true });
});

Deno.test("a command to one node contains the node and the actor", () => {
  const command = { action: "pause", node: "a-1", by: "admin at ::1" } as const;
  assert.deepEqual(parseCommand(formatNodeCommand(command, at)), command);
});

Deno.test("a node command without a node, and unknown commands, are rejected", () => {
  for (const message of ['{"action":"pause"}', '{"action":"dance","node":"a"}', "", "[]", "null"]) {
    assert.equal(parseCommand(message), null, message);
  }
});

Deno.test("only pause and resume are actions of a node", () => {
  assert.equal(parseNodeAction("resume"), "resume");
  assert.equal(parseNodeAction("start"), null);
  assert.equal(parseNodeAction(undefined), null);
});
