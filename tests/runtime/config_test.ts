import assert from "node:assert/strict";
import { ConfigError, readConfig } from "../../lib/runtime/config.ts";
import { VARIABLES } from "../../lib/runtime/config_variables.ts";

function faultOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new Error("The configuration was accepted.");
}

Deno.test("an empty environment yields the embedded default on loopback", () => {
  const config = readConfig({});
  assert.equal(config.port, 8000);
  assert.equal(config.listen, "127.0.0.1");
  assert.equal(config.role, "all");
  assert.equal(config.databaseUrl, null);
  assert.equal(config.redisUrl, null);
  assert.equal(config.sample, true);
  assert.ok(Object.isFrozen(config));
});

Deno.test("an empty variable counts as unset", () => {
  assert.equal(readConfig({ REDIS_URL: "", PORT: "" }).port, 8000);
});

Deno.test("one message lists all errors with their variables", () => {
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

Deno.test("an invalid variable hides no error in a combination of the others", () => {
  const port = { PORT: "many" };
  const cases: [env: Record<string, string>, fault: RegExp][] = [
    [{ LISTEN: "0.0.0.0", ROLE: "boss" }, /; LISTEN 0\.0\.0\.0 can be reached/],
    [{ PUBLIC_URL: "https://millrace.example" }, /; PUBLIC_URL lets others in/],
    [{ ROLE: "worker" }, /; ROLE worker shares its work/],
    [{ VIEWER_TOKEN: "x".repeat(16) }, /; VIEWER_TOKEN needs an ADMIN_TOKEN/],
    [{ REDIS_CERT: "/nowhere" }, /; REDIS_CERT and REDIS_KEY .*; REDIS_CERT \/nowhere cannot be/],
    [{ AUTH_PROXY_HEADER: "Remote-User" }, /counts from TRUSTED_PROXIES only.*AUTH_PROXY_ROLES/],
  ];
  for (const [env, fault] of cases) {
    const message = faultOf({ ...port, ...env });
    assert.match(message, /^Cannot start: PORT must/);
    assert.match(message, fault);
  }
  const invalid = faultOf({ LISTEN: "0.0.0.0", ADMIN_TOKEN: "short", VIEWER_TOKEN: "brief" });
  assert.doesNotMatch(invalid, /LISTEN|differ|beside/, "an invalid token is set");
});

Deno.test("error messages do not contain secrets", () => {
  const fault = faultOf({ ADMIN_TOKEN: "hunter2", DATABASE_URL: "mysql://u:hunter2@h/db" });
  assert.doesNotMatch(fault, /hunter2/);
});

Deno.test("a public address requires tokens, or a proxy that signs users on", () => {
  assert.match(faultOf({ LISTEN: "0.0.0.0" }), /LISTEN 0\.0\.0\.0 .* ADMIN_TOKEN/);
  const token = "x".repeat(16);
  assert.equal(readConfig({ LISTEN: "0.0.0.0", ADMIN_TOKEN: token }).listen, "0.0.0.0");
  assert.equal(readConfig({ LISTEN: "::", TOKENS_FILE: "tokens" }).tokensFile, "tokens");
  assert.match(faultOf({ PUBLIC_URL: "https://millrace.example" }), /PUBLIC_URL .* ADMIN_TOKEN/);
  assert.match(faultOf({ TRUSTED_PROXIES: "127.0.0.1" }), /TRUSTED_PROXIES .* ADMIN_TOKEN/);
});

Deno.test("HOSTNAME, which shells and containers export, is not read", () => {
  assert.equal(readConfig({ HOSTNAME: "0.0.0.0" }).listen, "127.0.0.1");
});

Deno.test("a role other than all requires both servers", () => {
  assert.match(faultOf({ ROLE: "worker" }), /ROLE worker .* DATABASE_URL and REDIS_URL/);
});

Deno.test("a token that a header cannot contain is rejected", () => {
  for (const token of ["a token with spaces in it", "pässword-of-some-length", "short"]) {
    const fault = faultOf({ ADMIN_TOKEN: token });
    assert.match(fault, /^Cannot start: ADMIN_TOKEN must /);
    assert.ok(!fault.includes(token));
  }
});

Deno.test("every secret can be in a file or in its variable, but not in both", () => {
  const files: Record<string, string> = {
    "/run/secrets/admin": "an-admin-token-of-some-length\n",
    "/run/secrets/redis": "redis://:secret@redis:6379",
    "/run/secrets/empty": "\n",
  };
  const readFile = (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Error("no such file");
    return text;
  };
  const config = readConfig({
    ADMIN_TOKEN_FILE: "/run/secrets/admin",
    REDIS_URL_FILE: "/run/secrets/redis",
  }, readFile);
  assert.equal(config.adminToken, "an-admin-token-of-some-length");
  assert.equal(config.redisUrl, "redis://:secret@redis:6379");
  const secrets = Object.entries(VARIABLES).filter(([, { secret }]) => secret);
  assert.ok(secrets.length >= 4);
  for (const [name] of secrets) {
    for (
      const [env, fault] of [
        [{ [`${name}_FILE`]: "/nowhere" }, `${name}_FILE /nowhere cannot be read`],
        [{ [`${name}_FILE`]: "/run/secrets/empty" }, `${name}_FILE /run/secrets/empty is empty`],
        [
          { [name]: "x", [`${name}_FILE`]: "/nowhere" },
          `${name} and ${name}_FILE cannot both be set`,
        ],
      ] as const
    ) {
      assert.throws(() => readConfig(env, readFile), (error: Error) => {
        assert.ok(error.message.includes(fault), error.message);
        return true;
      });
    }
  }
});

const behindProxy = {
  ADMIN_TOKEN: "x".repeat(16),
  TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8 fd00::/8",
};

Deno.test("the addresses, the path and the proxies of a deployment are parsed", () => {
  const config = readConfig({
    ...behindProxy,
    PUBLIC_URL: "https://one.example/millrace, https://two.example",
    BASE_PATH: "/millrace/",
  });
  assert.deepEqual(config.publicUrls.map(({ origin }) => origin), [
    "https://one.example",
    "https://two.example",
  ]);
  assert.equal(config.basePath, "/millrace");
  assert.ok(config.trustedProxies.has("10.1.2.3"));
  assert.ok(config.trustedProxies.has("fd12::1"));
  assert.ok(!config.trustedProxies.has("11.0.0.1"));
});

Deno.test("an invalid address, path or proxy is rejected by name", () => {
  const faults: [string, string][] = [
    ["PUBLIC_URL", "millrace.example"],
    ["PUBLIC_URL", "ftp://millrace.example"],
    ["PUBLIC_URL", "https://millrace.example/elsewhere"],
    ["BASE_PATH", "millrace"],
    ["BASE_PATH", "/a//b"],
    ["BASE_PATH", "/a?b"],
    ["TRUSTED_PROXIES", "proxy.example"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["AUTH_PROXY_HEADER", "Remote User"],
    ["AUTH_PROXY_ROLES", "ops=operator"],
    ["AUTH_PROXY_ROLES", "group:ops=boss"],
  ];
  for (const [name, value] of faults) {
    const fault = faultOf({ ...behindProxy, [name]: value });
    assert.match(fault, new RegExp(`^Cannot start: ${name}\\b`), `${name}=${value}`);
  }
});

Deno.test("sign-on by a proxy requires trusted proxies and a table of roles", () => {
  const fault = faultOf({ AUTH_PROXY_HEADER: "Remote-User" });
  assert.match(fault, /TRUSTED_PROXIES/);
  assert.match(fault, /AUTH_PROXY_ROLES/);
  const { proxySignOn } = readConfig({
    TRUSTED_PROXIES: "127.0.0.1",
    AUTH_PROXY_HEADER: "Remote-User",
    AUTH_PROXY_GROUPS_HEADER: "Remote-Groups",
    AUTH_PROXY_ROLES: "group:ops=operator, user:anna@a.example=admin, *=viewer",
  });
  assert.deepEqual(proxySignOn, {
    userHeader: "remote-user",
    groupsHeader: "remote-groups",
    roles: [
      { who: "group", name: "ops", role: "operator" },
      { who: "user", name: "anna@a.example", role: "admin" },
      { who: "anyone", name: "", role: "viewer" },
    ],
  });
});

Deno.test("each variable is described for the documents, and its default is valid", () => {
  for (const [name, { what, default: fallback, schema }] of Object.entries(VARIABLES)) {
    assert.ok(what.length > 10, name);
    if (fallback !== null) assert.ok(schema.safeParse(fallback).success, name);
  }
});
