// Broadcasts each message to every socket with plain Deno.

import { broadcast } from "./broadcast.ts";

const sockets = new Set<WebSocket>();

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => sockets.delete(socket);
  return response;
});

await broadcast(server.addr.port, (message) => {
  for (const socket of sockets) {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  }
});
