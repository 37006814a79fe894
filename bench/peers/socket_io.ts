// Broadcasts each message to every socket with Socket.IO over WebSocket.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { load } from "./packages.ts";
import { broadcast } from "./broadcast.ts";

const { Server } = load("socket.io");

const http = createServer();
const server = new Server(http, { transports: ["websocket"] });
await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));

await broadcast((http.address() as AddressInfo).port, (message) => {
  server.emit("status", JSON.parse(message));
});
