/** Writes the documents that are generated from code. */
import { renderConfigurationPage } from "./configuration_page.ts";

await Deno.writeTextFile(
  new URL("../docs/configuration.md", import.meta.url),
  renderConfigurationPage(),
);
