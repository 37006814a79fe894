/**
 * Runs a task of each package below packages/, in its own folder and with its own configuration.
 *
 *   deno run -P=test tasks/packages.ts check
 *
 * Without packages, as with the published framework, it does nothing.
 */
import { packageFolders } from "./package_folders.ts";

const [task = "check"] = Deno.args;

for (const folder of await packageFolders()) {
  const { code } = await new Deno.Command(Deno.execPath(), { args: ["task", task], cwd: folder })
    .spawn().status;
  if (code !== 0) Deno.exit(code);
}
