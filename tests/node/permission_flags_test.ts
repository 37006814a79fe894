import assert from "node:assert/strict";
import manifest from "../../deno.json" with { type: "json" };
import { permissionFlags, SYSTEM } from "../../lib/node/permission_flags.ts";
import { VARIABLES } from "../../lib/runtime/config_variables.ts";
import { READABLE_VARIABLES } from "../../lib/runtime/environment.ts";

const flagOf = (name: string, env: Record<string, string>) =>
  permissionFlags(env).find((flag) => flag.startsWith(`--allow-${name}`));

Deno.test("a node may read only the environment variables of its configuration and drivers", () => {
  const own = Object.entries(VARIABLES).flatMap(([name, { secret }]) =>
    secret ? [name, `${name}_FILE`] : [name]
  );
  assert.deepEqual(READABLE_VARIABLES.slice(0, own.length), own);
  assert.ok(READABLE_VARIABLES.every((name) => name !== "*"));
});

Deno.test("the permissions in deno.json list the same variables and kinds", () => {
  const { env, sys } = manifest.permissions.serve;
  assert.deepEqual(env, READABLE_VARIABLES);
  assert.deepEqual(sys, SYSTEM);
});

Deno.test("the network is unrestricted only for sentinels, clusters and alerts to any host", () => {
  const servers = { DATABASE_URL: "postgres://db.example/m", REDIS_URL: "redis://redis.example" };
  assert.match(flagOf("net", servers) ?? "", /=.*db\.example:5432,redis\.example:6379/);
  for (
    const opening of [
      { REDIS_URL: "redis+sentinel://s1.example,s2.example/main" },
      { REDIS_PREFIX: "{millrace}:" },
      { ALERT_HOSTS: "*" },
    ]
  ) assert.equal(flagOf("net", { ...servers, ...opening }), "--allow-net");
});

Deno.test("a path with a comma, which a flag cannot contain, leaves its permission unrestricted", () => {
  assert.equal(flagOf("write", { DATA_DIR: "/srv/a, b" }), "--allow-write");
  assert.equal(flagOf("write", { DATA_DIR: "/srv/a b" }), "--allow-write=/srv/a b");
});

Deno.test("a node with an invalid configuration still starts, to report the errors", () => {
  assert.deepEqual(permissionFlags({ PORT: "many" }), ["-P=serve"]);
});
