import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("the framework reads the revision's variables when it is loaded, as the published one", async () => {
  await load("DENO_DEPLOYMENT_ID,GITHUB_SHA,CI_COMMIT_SHA");
  await assert.rejects(load("PORT"), /NotCapable.*DENO_DEPLOYMENT_ID/);
});

/** Loads the framework in a process that may read only these environment variables. */
async function load(variables: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--no-prompt", `--allow-env=${variables}`, "mod.ts"],
    cwd: PACKAGE,
    clearEnv: true,
    env: Object.fromEntries(["PATH", "HOME", "DENO_DIR"].flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    })),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
