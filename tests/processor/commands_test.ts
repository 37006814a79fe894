import assert from "node:assert/strict";
import { formatCommand, parseCommand } from "../../lib/processor/commands.ts";

Deno.test("a command of ours is read back as one whose wish is remembered", () => {
  const message = formatCommand("stop", new Date(0));
  assert.deepEqual(JSON.parse(message), {
    action: "stop",
    timestamp: "1970-01-01T00:00:00.000Z",
    remembered: true,
  });
  assert.deepEqual(parseCommand(message), { action: "stop", remembered: true });
});

Deno.test("another program's command has yet to be remembered", () => {
  const message = '{"action":"start","timestamp":1700000000.5,"from":"cron"}';
  assert.deepEqual(parseCommand(message), { action: "start", remembered: false });
});

Deno.test("what is no command is none", () => {
  for (const message of ["", "start", "[]", '{"action":"restart"}', '{"action":1}']) {
    assert.equal(parseCommand(message), null, message);
  }
});
