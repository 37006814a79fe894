import assert from "node:assert/strict";
import { createDataFolder } from "../../lib/runtime/data_folder.ts";

Deno.test("a folder for data is created, and left empty", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-folder-" });
  await createDataFolder(`${folder}/new/data`);
  await createDataFolder(`${folder}/new/data`);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(`${folder}/new/data`)), []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("an unusable folder for data is named, with the reason", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-folder-" });
  const file = `${folder}/file`;
  await Deno.writeTextFile(file, "");
  await assert.rejects(createDataFolder(file), {
    message: `Cannot start: DATA_DIR ${file} is not a folder`,
  });
  await assert.rejects(createDataFolder(`${file}/data`), {
    message: `Cannot start: DATA_DIR ${file}/data is below a file`,
  });
  await assert.rejects(createDataFolder("/proc/data"), /Cannot start: DATA_DIR \/proc\/data /);
  await Deno.remove(folder, { recursive: true });
});
