import assert from "node:assert/strict";
import { App, csp } from "fresh";

/** Serves `app`; disposing it stops the server. */
function serve(app: App<unknown>) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, app.handler());
  return {
    url: `ws://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function event<Kind extends keyof WebSocketEventMap>(socket: WebSocket, kind: Kind) {
  return new Promise<WebSocketEventMap[Kind]>((resolve) => {
    socket.addEventListener(kind, resolve, { once: true });
  });
}

Deno.test("handlers receive messages and the close event, behind middlewares that set headers", async () => {
  const ended = Promise.withResolvers<[number, string]>();
  const app = new App<unknown>()
    .use(csp({ useNonce: true }))
    .get("/ws", (ctx) =>
      ctx.upgrade({
        message: (socket, { data }) => socket.send(`heard ${data}`),
        close: (_socket, code, reason) => ended.resolve([code, reason]),
      }));
  await using server = serve(app);
  const socket = new WebSocket(`${server.url}/ws`);
  await event(socket, "open");
  socket.send("this");
  assert.equal((await event(socket, "message")).data, "heard this");
  socket.close(3001, "enough");
  assert.deepEqual(await ended.promise, [3001, "enough"]);
  await event(socket, "close");
});

Deno.test("a subprotocol is negotiated, with and without handlers", async () => {
  const app = new App<unknown>()
    .get("/managed", (ctx) => ctx.upgrade({ open() {} }, { protocol: "stream" }))
    .get("/bare", (ctx) => ctx.upgrade({ protocol: "stream" }).response);
  await using server = serve(app);
  for (const path of ["/managed", "/bare"]) {
    const socket = new WebSocket(server.url + path, "stream");
    await event(socket, "open");
    assert.equal(socket.protocol, "stream");
    const closed = event(socket, "close");
    socket.close();
    await closed;
  }
});

Deno.test("a request without a WebSocket upgrade gets 400", async () => {
  const app = new App<unknown>().get("/ws", (ctx) => ctx.upgrade({ open() {} }));
  const response = await app.handler()(new Request("http://localhost/ws"));
  assert.equal(response.status, 400);
});
