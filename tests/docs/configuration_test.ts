import assert from "node:assert/strict";
import { renderConfigurationPage } from "../../tasks/configuration_page.ts";

Deno.test("docs/configuration.md matches the code; deno task docs regenerates it", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/configuration.md", import.meta.url));
  assert.equal(page, renderConfigurationPage());
});
