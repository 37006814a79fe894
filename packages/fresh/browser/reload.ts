/** Reloads the page when another run of the development server takes over. */
const RETRY_MS = 200;
let shown: number | undefined;

function connect(): void {
  const address = new URL("/_frsh/alive", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const { revision }: { revision: number } = JSON.parse(data);
    shown ??= revision;
    if (revision !== shown) location.reload();
  };
  // The server is down until the file is fixed.
  socket.onclose = () => setTimeout(connect, RETRY_MS);
}

connect();
addEventListener("message", ({ origin, data }) => {
  if (origin === location.origin && data === "close-error-overlay") {
    document.getElementById("fresh-error-overlay")?.remove();
  }
});
