import { responseToUncaught } from "../server/app.ts";
import { HttpError } from "../shared/http_error.ts";
import { type ShownError, shownError } from "../server/error_overlay.ts";

/**
 * Returns the response to an unhandled error: for browsers, a page that shows it and reloads when the server
 * restarts; for other clients, text.
 */
export function responseToError(
  error: unknown,
  request: Request,
  { root, revision }: { root: string; revision: number },
): Response {
  const status = error instanceof HttpError ? error.status : 500;
  const shown = shownError(error, root);
  const forPage = request.headers.get("accept")?.includes("text/html");
  if (shown === undefined || !forPage) return responseToUncaught(error);
  return document(shown, status, `<script>${RELOAD}(${revision});</script>`);
}

/** Returns the document of a frame over a page that shows an error, with a button that closes it. */
export function overlayInFrame(shown: Partial<ShownError>): Response {
  return document(
    shown,
    200,
    `<button type="button" aria-label="Close">×</button>
<script>document.querySelector("button").onclick = () =>
  parent.postMessage("close-error-overlay", location.origin);</script>`,
  );
}

/** Reconnects until the server announces a revision other than the given one. */
const RELOAD = `(function connect(revision) {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/_frsh/alive");
  socket.onmessage = ({ data }) => {
    if (JSON.parse(data).revision !== revision) location.reload();
  };
  socket.onclose = () => setTimeout(connect, 200, revision);
})`;

function document(shown: Partial<ShownError>, status: number, behavior: string): Response {
  const { message = "Internal server error", stack = "", "code-frame": frame = "" } = shown;
  const html = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Error</title><style>${STYLE}</style></head>
<body>
<h1>${escape(message)}</h1>
${frame === "" ? "" : `<pre class="code-frame">${escape(frame)}</pre>`}
<pre class="stack">${escape(stack)}</pre>
${behavior}
</body>
</html>`;
  return new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 3rem auto; padding: 0 1rem; background: Canvas; color: CanvasText; }
  h1 { font-size: 1.2rem; color: #d33; overflow-wrap: anywhere; white-space: pre-wrap; }
  pre { overflow: auto; padding: 0.75rem; }
  .code-frame { border-left: 4px solid #d33; background: rgb(221 51 51 / 12%); }
  button { position: absolute; top: 1rem; right: 1rem; font-size: 1.5rem; }
`;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
