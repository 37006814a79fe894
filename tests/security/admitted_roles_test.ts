import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mayAs, permissionFor } from "../../lib/auth/route_permissions.ts";
import { type Role, ROLES } from "../../lib/wire/role.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { routesOnDisk } from "../support/routes_on_disk.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const tokenOf = (role: Role) => `the-token-of-the-${role}-role`;

interface Caller {
  name: string;
  role: Role | null;
  /** The headers that authenticate the caller. */
  headers(): Promise<Record<string, string>>;
}

async function signIn(node: Millrace, token: string): Promise<string> {
  const response = await node.fetch("/sign-in", {
    method: "POST",
    body: new URLSearchParams({ token }),
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.headers.get("set-cookie")?.split(";", 1).join() ?? "";
}

function callers(node: Millrace): Caller[] {
  const nobody: Caller = { name: "nobody", role: null, headers: () => Promise.resolve({}) };
  const forger: Caller = {
    name: "a forger",
    role: null,
    headers: () =>
      Promise.resolve({
        authorization: "Bearer not-a-token-of-this-node",
        cookie: `millrace_session=${"A".repeat(43)}`,
        "remote-user": "admin",
        "x-forwarded-user": "admin",
        "x-forwarded-for": "127.0.0.1",
      }),
  };
  const programs = ROLES.map((role): Caller => ({
    name: `a program as ${role}`,
    role,
    headers: () => Promise.resolve({ authorization: `Bearer ${tokenOf(role)}` }),
  }));
  const browsers = ROLES.map((role): Caller => {
    let cookie: Promise<string> | null = null;
    return {
      name: `a browser as ${role}`,
      role,
      async headers() {
        cookie ??= signIn(node, tokenOf(role));
        return { cookie: await cookie };
      },
    };
  });
  return [nobody, forger, ...programs, ...browsers];
}

/** A path that matches a pattern. */
function pathOf(pattern: string): string {
  return pattern.replace(":path*", "no/such/place").replace(":action", "start")
    .replace(":node", "nobody").replace(/:\w+/g, "1");
}

Deno.test("each route and method admits exactly the permitted roles, by token and by session", async (t) => {
  const file = await Deno.makeTempFile();
  const lines = ROLES.map((role) =>
    `${role}s-token ${role} ${createHash("sha256").update(tokenOf(role)).digest("hex")}`
  );
  await Deno.writeTextFile(file, lines.join("\n"));
  await using node = await startMillrace({
    env: { TOKENS_FILE: file, ADMIN_TOKEN: "an-admin-token-of-some-length" },
  });
  const routes = (await routesOnDisk()).map(({ pattern }) => pattern);
  // This one ends the sessions that the others need.
  routes.sort((a, b) => Number(a === "/sign-out") - Number(b === "/sign-out"));
  let tried = 0;
  for (const caller of callers(node)) {
    await t.step(caller.name, async () => {
      for (const pattern of ["/no/such/page", ...routes]) {
        for (const method of METHODS) {
          const response = await node.fetch(pathOf(pattern), {
            method,
            redirect: "manual",
            headers: await caller.headers(),
          });
          await response.body?.cancel();
          tried++;
          const { status } = response;
          const what = `${method} ${pattern} as ${caller.name}: ${status}`;
          const permission = permissionFor(pattern === "/no/such/page" ? null : pattern, method);
          if (permission === "anyone" || caller.role !== null && mayAs(caller.role, permission)) {
            // The backup of the request before may not have ended yet.
            const denied = pattern === "/api/backup" ? [401, 403] : [401, 403, 429];
            assert.ok(!denied.includes(status), what);
            assert.ok(!(response.headers.get("location") ?? "").startsWith("/sign-in?"), what);
          } else if (caller.role !== null) {
            assert.equal(status, 403, what);
          } else if (status === 303) {
            assert.match(response.headers.get("location") ?? "", /^\/sign-in(\?|$)/, what);
          } else assert.ok([401, 429].includes(status), what);
        }
      }
    });
  }
  assert.ok(tried > 2_500, `${tried} requests`);
  await Deno.remove(file);
});

Deno.test("a crawler's token can only post articles and read their results", async () => {
  const file = await Deno.makeTempFile();
  const digest = createHash("sha256").update(tokenOf("ingest")).digest("hex");
  await Deno.writeTextFile(file, `crawler ingest ${digest}\n`);
  await using node = await startMillrace({
    env: { TOKENS_FILE: file, ADMIN_TOKEN: "an-admin-token-of-some-length" },
  });
  const headers = {
    authorization: `Bearer ${tokenOf("ingest")}`,
    "content-type": "application/json",
  };
  const body = JSON.stringify({
    title: "木轮",
    content: "银行门口的行人停下来，看河水推着木轮慢慢地转。",
  });
  const stored = await node.fetch("/api/articles", { method: "POST", headers, body });
  assert.equal(stored.status, 201);
  const { data: { id } } = await stored.json();
  const fate = await node.fetch(`/api/articles/${id}`, { headers });
  assert.equal(fate.status, 200);
  await fate.body?.cancel();
  for (
    const path of ["/", "/api/processor/status", "/api/events", "/metrics", "/ws/processor-status"]
  ) {
    const response = await node.fetch(path, { headers });
    await response.body?.cancel();
    assert.equal(response.status, 403, path);
  }
  await Deno.remove(file);
});
