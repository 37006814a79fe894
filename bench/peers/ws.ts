// Broadcasts each message to every socket with the package `ws`.

import { load } from "./packages.ts";
import { broadcast } from "./broadcast.ts";

const { WebSocketServer, WebSocket } = load("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
await new Promise((resolve) => server.once("listening", resolve));

await broadcast(server.address().port, (message) => {
  for (const socket of server.clients) {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  }
});
