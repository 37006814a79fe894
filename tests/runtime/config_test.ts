import assert from "node:assert/strict";
import { ConfigError, isLoopback, readConfig } from "../../lib/runtime/config.ts";

function faultOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new Error("The configuration was accepted.");
}

Deno.test("an empty environment gives the embedded default on loopback", () => {
  const config = readConfig({});
  assert.equal(config.port, 8000);
  assert.equal(config.hostname, "127.0.0.1");
  assert.equal(config.role, "all");
  assert.equal(config.databaseUrl, null);
  assert.equal(config.redisUrl, null);
  assert.equal(config.sample, true);
  assert.ok(Object.isFrozen(config));
});

Deno.test("an empty variable counts as unset", () => {
  assert.equal(readConfig({ REDIS_URL: "", PORT: "" }).port, 8000);
});

Deno.test("all faults are in one message, each naming its variable", () => {
  const fault = faultOf({
    PORT: "many",
    ROLE: "boss",
    REDIS_URL: "localhost:6379",
    LOG_LEVEL: "loud",
    ADMIN_TOKEN: "short",
  });
  for (const name of ["PORT", "ROLE", "REDIS_URL", "LOG_LEVEL", "ADMIN_TOKEN"]) {
    assert.match(fault, new RegExp(`\\b${name}\\b`));
  }
});

Deno.test("no fault repeats a secret", () => {
  const fault = faultOf({ ADMIN_TOKEN: "hunter2", DATABASE_URL: "mysql://u:hunter2@h/db" });
  assert.doesNotMatch(fault, /hunter2/);
});

Deno.test("an address that others can reach needs an ADMIN_TOKEN", () => {
  assert.match(faultOf({ HOSTNAME: "0.0.0.0" }), /HOSTNAME 0\.0\.0\.0 .* ADMIN_TOKEN/);
  assert.equal(
    readConfig({ HOSTNAME: "0.0.0.0", ADMIN_TOKEN: "x".repeat(16) }).hostname,
    "0.0.0.0",
  );
});

Deno.test("a role that shares its work needs both servers", () => {
  assert.match(faultOf({ ROLE: "worker" }), /ROLE worker .* DATABASE_URL and REDIS_URL/);
});

Deno.test("isLoopback() knows the machine's own addresses", () => {
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) assert.ok(isLoopback(host));
  for (const host of ["0.0.0.0", "10.0.0.1", "127.evil.example", "::"]) {
    assert.ok(!isLoopback(host));
  }
});
