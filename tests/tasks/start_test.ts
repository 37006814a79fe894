import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { permissionFlags } from "../../lib/node/permission_flags.ts";
import { createEmbeddedFolder } from "../support/embedded_folder.ts";
import { eventually } from "../support/eventually.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VERSION = Deno.version.deno;
const START_MS = 120_000;

for (
  const { how, program, args } of [
    { how: "deno task start", program: Deno.execPath(), args: ["task", "start"] },
    {
      how: "npx deno task start",
      program: "npx",
      args: ["-y", `deno@${VERSION}`, "task", "start"],
    },
  ]
) {
  Deno.test(`"${how}" starts a node with the least permissions, and SIGTERM stops it`, async () => {
    const dataDir = await createEmbeddedFolder();
    const port = freePort();
    const child = new Deno.Command(program, {
      args,
      cwd: ROOT,
      env: { PORT: String(port), DATA_DIR: dataDir, SAMPLE: "off" },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    await eventually(async () => assert.ok(await isServing(port)), START_MS);
    if (Deno.build.os === "linux") {
      const flags = permissionFlags({ PORT: String(port), DATA_DIR: dataDir, SAMPLE: "off" });
      assert.deepEqual((await argumentsOfNode(dataDir)).slice(1), ["run", ...flags, "main.ts"]);
    }
    child.kill("SIGTERM");
    await child.status;
    await eventually(async () => assert.equal(await isServing(port), false), START_MS);
    await Deno.remove(dataDir, { recursive: true });
  });
}

/** Returns the command line of the node that uses a folder. */
async function argumentsOfNode(dataDir: string): Promise<string[]> {
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const read = (file: string) => Deno.readTextFile(`/proc/${name}/${file}`).catch(() => "");
    const words = (await read("cmdline")).split("\0").slice(0, -1);
    if (words.at(-1) !== "main.ts") continue;
    if ((await read("environ")).includes(`DATA_DIR=${dataDir}\0`)) return words;
  }
  throw new Error(`No node runs on ${dataDir}`);
}

async function isServing(port: number): Promise<boolean> {
  try {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.close();
    return true;
  } catch {
    return false;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
