/** Writes the documents that are generated from code. */
import { renderConfigurationPage } from "./configuration_page.ts";
import { withRecordNames } from "./record_names.ts";

await Deno.writeTextFile(
  new URL("../docs/configuration.md", import.meta.url),
  renderConfigurationPage(),
);

const api = new URL("../docs/api.md", import.meta.url);
await Deno.writeTextFile(api, withRecordNames(await Deno.readTextFile(api)));
