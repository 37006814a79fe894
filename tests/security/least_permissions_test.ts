import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { permissionFlags } from "../../lib/node/permission_flags.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TOKEN = "an-admin-token-of-some-length";
const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
/** Deno's message for a missing permission. */
const REFUSED = /NotCapable|Requires (read|write|net|env|sys|run|ffi|import) access/;

/** Returns the states of the permissions in a process that starts like a node with this environment. */
async function statesOf(env: Record<string, string>, requested: Deno.PermissionDescriptor[]) {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", ...permissionFlags(env)],
      ...["tests/support/reach_probe.ts", JSON.stringify(requested)],
    ],
    cwd: ROOT,
  }).output();
  const states: string[] = JSON.parse(new TextDecoder().decode(stdout));
  return requested.map((each, i) => ({ ...each, granted: states[i] === "granted" }));
}

const SHUT: Deno.PermissionDescriptor[] = [
  { name: "read" },
  { name: "read", path: "/etc/passwd" },
  { name: "read", path: "/run/secrets/another" },
  { name: "read", path: "/proc/self/environ" },
  { name: "read", path: `${ROOT}.git/config` },
  { name: "read", path: `${ROOT}tasks/start.ts` },
  { name: "write" },
  { name: "write", path: `${ROOT}main.ts` },
  { name: "write", path: `${ROOT}_fresh/server.js` },
  { name: "write", path: `${ROOT}lib/node/node.ts` },
  { name: "write", path: "/tmp/anything" },
  { name: "net" },
  { name: "net", host: "example.com:443" },
  { name: "net", host: "169.254.169.254:80" },
  { name: "net", host: "0.0.0.0:8000" },
  { name: "env" },
  { name: "env", variable: "PATH" },
  { name: "env", variable: "AWS_SECRET_ACCESS_KEY" },
  { name: "sys" },
  { name: "sys", kind: "networkInterfaces" },
  { name: "sys", kind: "uid" },
  { name: "run" },
  { name: "run", command: "sh" },
  { name: "ffi" },
];

for (
  const [what, env, open] of [
    [
      "the embedded default",
      { DATA_DIR: "/srv/data" },
      [
        { name: "read", path: "/srv/data/embedded" },
        { name: "write", path: "/srv/data/embedded" },
        { name: "net", host: "127.0.0.1:8000" },
        { name: "net", host: "hooks.slack.com:443" },
        { name: "env", variable: "DATA_DIR" },
        { name: "sys", kind: "hostname" },
      ],
    ],
    [
      "servers, secrets and a custom address",
      {
        ROLE: "web",
        DATA_DIR: "/srv/the data",
        LISTEN: "192.0.2.7",
        PORT: "8123",
        DATABASE_URL: "postgres://u:p@db.example/m?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        REDIS_URL: "unix:///run/redis.sock",
        TOKENS_FILE: "/run/secrets/tokens",
        ALERT_HOSTS: "hooks.example:8443",
      },
      [
        { name: "read", path: "/srv/the data/nodes" },
        { name: "write", path: "/srv/the data/nodes" },
        { name: "read", path: "/run/secrets/tokens" },
        { name: "read", path: "/etc/ca.pem" },
        { name: "read", path: "/run/redis.sock" },
        { name: "write", path: "/run/redis.sock" },
        { name: "net", host: "unix:/run/redis.sock" },
        { name: "net", host: "192.0.2.7:8123" },
        { name: "net", host: "db.example:5432" },
        { name: "net", host: "hooks.example:8443" },
      ],
    ],
  ] satisfies [string, Record<string, string>, Deno.PermissionDescriptor[]][]
) {
  Deno.test(`a node with ${what} has the required permissions and no others`, async () => {
    const states = await statesOf(env, [...open, ...SHUT]);
    for (const { granted, ...requested } of states.slice(0, open.length)) {
      assert.ok(granted, JSON.stringify(requested));
    }
    for (const { granted, ...requested } of states.slice(open.length)) {
      assert.ok(!granted, JSON.stringify(requested));
    }
  });
}

Deno.test("a worker node cannot listen, and can connect only to required hosts", async () => {
  const env = {
    ROLE: "worker",
    LISTEN: "192.0.2.7",
    DATABASE_URL: "postgres://db.example/m",
    REDIS_URL: "redis://redis.example",
    ALERT_HOSTS: "hooks.example",
  };
  const [own, db, other] = await statesOf(env, [
    { name: "net", host: "192.0.2.7:8000" },
    { name: "net", host: "redis.example:6379" },
    { name: "net", host: "hooks.slack.com:443" },
  ]);
  assert.deepEqual([own?.granted, db?.granted, other?.granted], [false, true, false]);
});

/** Exercises the features of a node, and fails if a permission was missing. */
async function exerciseNode(web: Millrace, worker: Millrace) {
  const receiver = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
    return new Response("{}");
  });
  try {
    const call = async (path: string, body?: unknown) => {
      const response = await web.fetch(path, {
        headers,
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      });
      assert.ok(response.ok, `${path}: ${response.status} ${response.ok || await response.text()}`);
      return response;
    };
    await web.fetch("/api/processor/config", {
      method: "PUT",
      headers,
      body: JSON.stringify({ retry_max: 0, time_limit_seconds: 1 }),
    }).then((response) => response.body?.cancel());
    const ids: number[] = [];
    for (const mark of ["", "[[millrace:trespass]]", "[[millrace:loop]]"]) {
      const content = `<p>银行门口的行人停下来，看河水推着木轮慢慢地转。${mark}</p>`;
      const response = await call("/api/articles", { title: `木轮 ${mark}`, content });
      ids.push((await response.json()).data.id);
    }
    const [sound, trespasser, loop] = ids;
    const document = await web.fetch("/api/articles/import", {
      method: "POST",
      headers: { ...headers, "content-type": "text/markdown" },
      body: "---\ntitle: 木轮\ntags: [渡口]\n---\n银行门口的行人停下来。\n",
    });
    assert.equal((await document.json()).data.accepted, 1);
    const stateOf = async (id: number | undefined) => {
      return (await (await call(`/api/articles/${id}`)).json()).data;
    };
    await eventually(async () => {
      assert.equal((await stateOf(sound)).state, "processed");
      const failed = JSON.stringify(await stateOf(trespasser));
      assert.match(failed, /Reached: nothing/);
      assert.match(JSON.stringify(await stateOf(loop)), /timed_out/);
    }, 120_000);
    const page = await (await call(`/articles/${sound}`)).text();
    assert.match(page, /xing/);
    for (const path of ["/", "/articles", "/failures", "/settings", "/workers", "/metrics"]) {
      await (await call(path)).body?.cancel();
    }
    const url = `http://127.0.0.1:${receiver.addr.port}/hook`;
    const target = { name: "here", kind: "webhook", url, secret: null, language: "en" };
    const { data: { id } } = await (await call("/api/alerts/targets", target)).json();
    const test = await (await call(`/api/alerts/targets/${id}/test`, {})).json();
    assert.equal(test.data.delivered, true, JSON.stringify(test));
    const elsewhere = await web.fetch("/api/alerts/targets", {
      method: "POST",
      headers,
      body: JSON.stringify({ ...target, name: "there", url: "https://hooks.example/x" }),
    });
    assert.equal(elsewhere.status, 400);
    assert.match((await elsewhere.json()).message, /ALERT_HOSTS does not name hooks\.example/);
  } finally {
    await receiver.shutdown();
  }
  for (const node of [web, worker]) assert.doesNotMatch(node.log(), REFUSED);
}

Deno.test("the permissions suffice for an embedded node: pages, articles, quarantine, alerts, backup, tokens", async () => {
  const folder = await Deno.makeTempDir({ prefix: "millrace-secrets-" });
  const tokensFile = `${folder}/tokens`;
  await Deno.writeTextFile(tokensFile, "");
  await Deno.writeTextFile(`${folder}/admin`, TOKEN);
  {
    await using node = await startMillrace({
      env: {
        MILLRACE_POISON: "on",
        ADMIN_TOKEN_FILE: `${folder}/admin`,
        TOKENS_FILE: tokensFile,
        SAMPLE: "on",
      },
    });
    await exerciseNode(node, node);
    const backup = await node.fetch("/api/backup", { headers });
    assert.ok((await backup.bytes()).length > 100_000);
    const digest = createHash("sha256").update("another-token-of-some-length").digest("hex");
    await Deno.writeTextFile(tokensFile, `anna viewer ${digest}\n`);
    await eventually(async () => {
      const response = await node.fetch("/api/processor/status", {
        headers: { authorization: "Bearer another-token-of-some-length" },
      });
      await response.body?.cancel();
      assert.equal(response.status, 200);
    }, 30_000);
    assert.doesNotMatch(node.log(), REFUSED);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test({
  ...withServers("the permissions suffice for a web and a worker node on Redis and Postgres"),
  async fn() {
    await using cluster = await startTestCluster();
    const env = { MILLRACE_POISON: "on", ADMIN_TOKEN: TOKEN };
    const web = await cluster.startNode("web", env);
    const worker = await cluster.startNode("worker", env);
    await exerciseNode(web, worker);
  },
});
