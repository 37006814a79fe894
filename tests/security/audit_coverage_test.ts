import assert from "node:assert/strict";
import { PERMISSIONS } from "../../lib/auth/route_permissions.ts";
import { ADMIN_TOKEN, type Body, CASES, type Given, RULE, TARGET } from "../support/audit_cases.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";

const authorization = `Bearer ${ADMIN_TOKEN}`;

/** Routes that change something and leave no event, or change nothing, with the reason. */
const EXEMPT: Record<string, string> = {
  "POST /api/:path*": "leads nowhere",
  "PUT /api/:path*": "leads nowhere",
  "PATCH /api/:path*": "leads nowhere",
  "DELETE /api/:path*": "leads nowhere",
  "POST /api/alerts/preview": "changes nothing",
  "POST /api/processor/preview": "changes nothing",
  "POST /api/articles": "an event for each article of a producer would hide all others",
  "PUT /api/articles": "an event for each article of a producer would hide all others",
  "POST /preferences": "sets cookies of the browser only",
};

Deno.test("each route that changes something leaves an event, or is exempt for a reason", async () => {
  const routes = Object.entries(PERMISSIONS).flatMap(([pattern, methods]) =>
    Object.keys(methods).filter((method) => method !== "GET").map((method) =>
      `${method} ${pattern}`
    )
  );
  const covered = new Set([...CASES.map(([route]) => route), ...Object.keys(EXEMPT)]);
  assert.deepEqual(routes.filter((route) => !covered.has(route)), [], "without a case or a reason");
  assert.deepEqual([...covered].filter((route) => !routes.includes(route)), [], "not a route");

  await using node = await startMillrace({
    env: { ADMIN_TOKEN, ALERT_HOSTS: "127.0.0.1:9", MILLRACE_POISON: "on" },
  });
  const given = await prepare(node);
  for (const [route, event, path, body, headers = () => ({ authorization })] of CASES) {
    const response = await send(
      node,
      route.split(" ")[0]!,
      path(given),
      body?.(given),
      headers(given),
    );
    const what = `${route}: ${response.status} ${await response.text()}`;
    assert.ok(response.status < 400, what);
    const id = response.headers.get("x-request-id");
    const found = await eventually(async () => {
      const own = (await eventsOf(node)).find(({ request_id }) => request_id === id);
      assert.ok(own !== undefined, `${what.slice(0, 200)}\nleaves no event`);
      return own;
    });
    const [kind, ...subject] = event.split(" ");
    assert.equal(found.kind, kind, route);
    if (subject.length > 0) assert.equal(found.subject, subject.join(" "), route);
  }
});

interface Told {
  kind: string;
  subject: string | null;
  node: string;
  request_id: string | null;
}

async function eventsOf(node: Millrace): Promise<Told[]> {
  const response = await node.fetch("/api/events?limit=20", { headers: { authorization } });
  return (await response.json()).data.events;
}

function send(
  node: Millrace,
  method: string,
  path: string,
  body?: Body,
  headers: Record<string, string> = { authorization },
): Promise<Response> {
  const isForm = body instanceof URLSearchParams;
  return node.fetch(path, {
    method,
    redirect: "manual",
    headers: isForm ? headers : { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
}

/** Signs in twice, fires an alert on an article that waits, and clears a dead letter. */
async function prepare(node: Millrace): Promise<Given> {
  const data = async (method: string, path: string, body?: Body) =>
    (await (await send(node, method, path, body)).json()).data;
  const signIn = async (browser: string) => {
    const form = new URLSearchParams({ token: ADMIN_TOKEN });
    const response = await send(node, "POST", "/sign-in", form, { "user-agent": browser });
    await response.body?.cancel();
    return response.headers.get("set-cookie")?.split(";", 1).join() ?? "";
  };
  const cookie = await signIn("This browser");
  await signIn("Another browser");
  const page = await (await node.fetch("/sessions", { headers: { cookie } })).text();
  const [, session] = /Another browser[^]*?name="id" value="([\w-]{36})"/.exec(page) ?? [];
  assert.ok(session !== undefined, "a session to end");

  await data("PUT", "/api/processor/config", { retry_max: 0 });
  await data("POST", "/api/processor/stop");
  await data("POST", "/api/articles", [
    { content: "One.", source: "one" },
    { content: "Another.", source: "another" },
    { content: "To be deleted.", source: "s" },
    { content: "[[millrace:throw]]", source: "dead" },
  ]);
  const { id: target } = await data("POST", "/api/alerts/targets", TARGET);
  const { id: rule } = await data("POST", "/api/alerts/rules", RULE);
  const firing = await eventually(async () => {
    const [first] = (await data("GET", "/api/alerts")).firings;
    assert.ok(first !== undefined, "nothing fires");
    return first.id;
  }, 20_000);
  await data("POST", "/api/processor/start");
  await eventually(async () => {
    const { articles } = await data("GET", "/api/articles?state=processed");
    assert.equal(articles.length, 3);
    const dead = await data("GET", "/api/articles?state=dead");
    assert.equal(dead.articles.length, 1);
  }, 20_000);
  await data("POST", "/api/failures/clear", {});
  const { operations } = await data("GET", "/api/operations");
  const [{ node: name } = { node: "" }] = await eventsOf(node);
  return {
    node: name,
    cookie,
    session,
    rule,
    target,
    firing,
    cleared: operations[0].id,
  };
}
