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
  const browsers = ROLES.filter((role) => mayAs(role, "viewer")).map((role): Caller => {
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
  const reasons = { en: /for handing over articles/, zh: /通过 API 投稿/ };
  for (const [language, reason] of Object.entries(reasons)) {
    const refused = await node.fetch("/sign-in", {
      method: "POST",
      headers: { "accept-language": language },
      body: new URLSearchParams({ token: tokenOf("ingest") }),
      redirect: "manual",
    });
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get("set-cookie"), null);
    assert.match(await refused.text(), reason);
  }
  for (
    const path of ["/", "/api/processor/status", "/api/events", "/metrics", "/ws/processor-status"]
  ) {
    const response = await node.fetch(path, { headers });
    await response.body?.cancel();
    assert.equal(response.status, 403, path);
  }
  const start = await (await node.fetch("/", { headers })).text();
  assert.match(start, /“投稿”|your role is Ingest/);
  assert.doesNotMatch(start, /Back to the overview|回到概览/, "it would be refused, too");
  await Deno.remove(file);
});

Deno.test("a refused page names the required role and the person's own, and offers to sign out", async () => {
  const file = await Deno.makeTempFile();
  const digest = createHash("sha256").update(tokenOf("operator")).digest("hex");
  await Deno.writeTextFile(file, `anna operator ${digest}\n`);
  await using node = await startMillrace({ env: { TOKENS_FILE: file } });
  const cookie = await signIn(node, tokenOf("operator"));
  const refused = async (path: string, language: string, body?: URLSearchParams) => {
    const response = await node.fetch(path, {
      headers: { cookie, "accept-language": language },
      redirect: "manual",
      ...(body && { method: "POST", body }),
    });
    assert.equal(response.status, 403);
    return await response.text();
  };
  const rule = new URLSearchParams({ do: "rule" });
  for (const english of [await refused("/sessions", "en"), await refused("/alerts", "en", rule)]) {
    assert.match(english, /This needs the role Administrator; your role is Operator\./);
    assert.match(english, /action="\/sign-out"/);
  }
  assert.match(await refused("/sessions", "zh"), /这需要“管理员”角色，你的角色是“操作员”。/);
  await Deno.remove(file);
});
