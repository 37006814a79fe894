import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { hasPostgres, startPostgres } from "../support/postgres.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test({
  name: "deno task migrate applies missing migrations, and is idempotent",
  ignore: !hasPostgres,
  async fn() {
    await using postgres = await startPostgres();
    assert.match(await migrate(postgres.url), /^Applied 0001_stream\.sql, /);
    assert.equal(await migrate(postgres.url), "Nothing to apply\n");
  },
});

async function migrate(url: string): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "migrate"],
    cwd: ROOT,
    env: { DATABASE_URL: url, NO_COLOR: "1" },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
