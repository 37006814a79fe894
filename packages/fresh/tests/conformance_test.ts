import assert from "node:assert/strict";
import { placeholders, sendCase, talk } from "./conformance/send_case.ts";
import { cases } from "./conformance/cases.ts";
import expected from "./conformance/expected.json" with { type: "json" };
import { createFreshProject } from "./support/fresh_project.ts";

const APP = new URL("./conformance/app/", import.meta.url);

Deno.test("the application responds as recorded on the published framework", async (t) => {
  await using project = await createFreshProject(APP);
  await project.run("dev.ts", { args: ["build"] });
  await using server = await project.serve("_fresh/compiled-entry.js");
  const recorded: Record<string, unknown> = expected;
  const filled = await placeholders(server.url);

  for (const one of cases) {
    await t.step(one.name, async () => {
      assert.deepEqual(await sendCase(server.url, filled(one)), recorded[one.name]);
    });
  }
  const socket = server.url.replace("http:", "ws:");
  await t.step("WebSocket: managed upgrade", async () => {
    const name = "WebSocket: managed upgrade";
    assert.deepEqual(await talk(`${socket}/ws/echo`, "x"), recorded[name]);
  });
  await t.step("WebSocket: bare upgrade", async () => {
    assert.deepEqual(await talk(`${socket}/ws/bare`), recorded["WebSocket: bare upgrade"]);
  });
  await t.step("every recorded response has a case", () => {
    assert.equal(Object.keys(recorded).length, cases.length + 2);
  });
});

Deno.test("the application's sources pass type checking", async () => {
  await using project = await createFreshProject(APP);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "."],
    cwd: project.folder,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
});
