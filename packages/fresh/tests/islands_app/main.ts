import { App, csp, staticFiles } from "fresh";

export const app = new App<Record<string, never>>()
  .use(csp({ useNonce: true }))
  .use(staticFiles())
  .fsRoutes();

/** Serves the build, which imports this module for its `app`. */
async function serve(): Promise<void> {
  const build = new URL("./_fresh/server.js", import.meta.url).href;
  const { default: server } = await import(build);
  const hostname = Deno.env.get("HOSTNAME") ?? "127.0.0.1";
  Deno.serve({ hostname, port: Number(Deno.env.get("PORT")) }, server.fetch);
}

// Not awaited here: the build waits for this module to be evaluated before it exports anything.
if (import.meta.main) void serve();
