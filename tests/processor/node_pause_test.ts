import assert from "node:assert/strict";
import { getLogger } from "@logtape/logtape";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { createMemoryBus } from "../../lib/bus/memory_bus.ts";
import { formatCommand, formatNodeCommand } from "../../lib/processor/node_commands.ts";
import { createPause } from "../../lib/processor/node_pause.ts";
import { eventually } from "../support/eventually.ts";

const by = "a test";

Deno.test("a node pauses only on its own command, until it is resumed", async () => {
  await using bus = createMemoryBus({
    onError: (error) => {
      throw error;
    },
  });
  let changes = 0;
  const logger = getLogger(["millrace-test"]);
  const pause = createPause({ node: "a", bus, logger, onChange: () => changes++ });
  await using _following = await pause.follow();
  const send = (action: "pause" | "resume", node: string) =>
    bus.publish(CHANNELS.commands, formatNodeCommand({ action, node, by }, Date.now()));

  await send("pause", "b");
  await send("pause", "a");
  await send("pause", "a");
  await eventually(() => assert.equal(pause.paused(), true));
  await send("resume", "b");
  await send("resume", "a");
  await eventually(() => assert.equal(pause.paused(), false));
  assert.equal(changes, 2);
});

Deno.test("starting the stream ends a pause; stopping does not", async () => {
  await using bus = createMemoryBus({
    onError: (error) => {
      throw error;
    },
  });
  const logger = getLogger(["millrace-test"]);
  const pause = createPause({ node: "a", bus, logger, onChange: () => {} });
  await using _following = await pause.follow();
  await bus.publish(
    CHANNELS.commands,
    formatNodeCommand({ action: "pause", node: "a", by }, Date.now()),
  );
  await bus.publish(CHANNELS.commands, formatCommand("stop", Date.now()));
  await eventually(() => assert.equal(pause.paused(), true));
  await bus.publish(CHANNELS.commands, formatCommand("start", Date.now()));
  await eventually(() => assert.equal(pause.paused(), false));
});
