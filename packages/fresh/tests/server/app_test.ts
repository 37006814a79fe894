import assert from "node:assert/strict";
import { App, HttpError } from "fresh";

interface State {
  trail: string[];
}

const ORIGIN = "http://localhost";

function ask(app: App<State>, path: string, init?: RequestInit): Promise<Response> {
  return app.handler()(new Request(ORIGIN + path, init));
}

Deno.test("a route gets the middlewares that were added before it, in order", async () => {
  const app = new App<State>()
    .use((ctx) => {
      ctx.state.trail = ["first"];
      return ctx.next();
    })
    .get("/early", (ctx) => Response.json(ctx.state.trail))
    .use("/api", (ctx) => {
      ctx.state.trail.push("api");
      return ctx.next();
    })
    .get("/api/late", (ctx) => Response.json(ctx.state.trail))
    .get("/other", (ctx) => Response.json(ctx.state.trail));
  assert.deepEqual(await (await ask(app, "/early")).json(), ["first"]);
  assert.deepEqual(await (await ask(app, "/api/late")).json(), ["first", "api"]);
  assert.deepEqual(await (await ask(app, "/other")).json(), ["first"]);
});

Deno.test("each method has its handler, and others get 405", async () => {
  const answer = (text: string) => () => new Response(text);
  const app = new App<State>()
    .get("/a", answer("get"))
    .post("/a", answer("post"))
    .put("/a", answer("put"))
    .patch("/a", answer("patch"))
    .delete("/a", answer("delete"))
    .get("/b", answer("b"))
    .all("/c", answer("c"));
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    assert.equal(await (await ask(app, "/a", { method })).text(), method.toLowerCase());
  }
  assert.equal((await ask(app, "/b", { method: "POST" })).status, 405);
  assert.equal((await ask(app, "/c", { method: "OPTIONS" })).status, 200);
  const options = await ask(app, "/b", { method: "OPTIONS" });
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("allow"), "GET");
});

Deno.test("a HEAD request is handled like GET, without a body", async () => {
  const app = new App<State>().get("/a", () => new Response("text", { headers: { "x-a": "1" } }));
  const response = await ask(app, "/a", { method: "HEAD" });
  assert.equal(response.headers.get("x-a"), "1");
  assert.equal(response.body, null);
});

Deno.test("an error handler handles errors at and below its path, with the error", async () => {
  const app = new App<State>()
    .onError("*", (ctx) => new Response(`all: ${ctx.error}`, { status: 500 }))
    .onError("/api", (ctx) => Response.json({ message: String(ctx.error) }, { status: 500 }))
    .get("/api/fail", () => {
      throw new Error("api failed");
    })
    .get("/fail", () => {
      throw new Error("page failed");
    });
  assert.deepEqual(await (await ask(app, "/api/fail")).json(), { message: "Error: api failed" });
  assert.equal(await (await ask(app, "/fail")).text(), "all: Error: page failed");
});

Deno.test("the not-found handler handles unmatched paths, which are a plain 404 by default", async () => {
  const plain = await ask(new App<State>(), "/nothing");
  assert.equal(plain.status, 404);
  assert.equal(await plain.text(), "Not Found");

  const app = new App<State>()
    .get("/gone", () => {
      throw new HttpError(404);
    })
    .notFound((ctx) => new Response(`nothing at ${ctx.url.pathname}`, { status: 404 }));
  assert.equal(await (await ask(app, "/nothing")).text(), "nothing at /nothing");
  assert.equal(await (await ask(app, "/gone")).text(), "nothing at /gone");
});

Deno.test("a response contains the message of an HttpError, and of no other error", async () => {
  const app = new App<State>()
    .get("/http", () => {
      throw new HttpError(422, "wrong field");
    });
  const response = await ask(app, "/http");
  assert.equal(response.status, 422);
  assert.equal(await response.text(), "wrong field");
});

Deno.test("repeated slashes in a path are collapsed", async () => {
  const app = new App<State>().get("/a/b", (ctx) => new Response(ctx.url.pathname));
  assert.equal(await (await ask(app, "//a///b")).text(), "/a/b");
});

Deno.test("a redirect with repeated slashes stays on this host", async () => {
  const app = new App<State>()
    .get("/slashes", (ctx) => ctx.redirect("//evil.example/?to=//x"))
    .get("/backslash", (ctx) => ctx.redirect("/\\evil.example"));
  const target = async (path: string) => (await ask(app, path)).headers.get("location");
  assert.equal(await target("/slashes"), "/evil.example/?to=//x");
  assert.equal(await target("/backslash"), "/\\evil.example");
});

Deno.test("a streamed response is passed through", async () => {
  const lines = ReadableStream.from(["a\n".repeat(2000), "b\n"]).pipeThrough(
    new TextEncoderStream(),
  );
  const app = new App<State>()
    .get("/lines", () => new Response(lines, { headers: { "content-type": "text/plain" } }));
  const response = await ask(app, "/lines", { headers: { "accept-encoding": "gzip" } });
  assert.equal(response.headers.get("content-encoding"), null);
  assert.equal((await response.text()).length, 4002);
});

Deno.test("an unknown method is a 500, and a malformed parameter throws", async () => {
  const app = new App<State>().get("/a/:id", (ctx) => new Response(ctx.params.id));
  const brew = await ask(app, "/a/1", { method: "BREW" });
  assert.equal(brew.status, 500);
  assert.equal(await brew.text(), "Internal server error");
  await assert.rejects(ask(app, "/a/%FF"), URIError);
});

Deno.test("routes are below the base path, and middlewares run for every path", async () => {
  const app = new App<State>({ basePath: "/base" })
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("x-seen", ctx.url.pathname);
      return response;
    })
    .get("/", () => new Response("root"))
    .get("/a/:id", (ctx) => new Response(`${ctx.route} ${ctx.params.id}`));
  assert.equal(await (await ask(app, "/base")).text(), "root");
  assert.equal(await (await ask(app, "/base/")).text(), "root");
  const below = await ask(app, "/base/a/1");
  assert.equal(await below.text(), "/base/a/:id 1");
  assert.equal(below.headers.get("x-seen"), "/base/a/1");
  assert.equal((await ask(app, "/a/1")).status, 404);
});
