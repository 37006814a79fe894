import { App, staticFiles } from "fresh";
import type { State } from "./define.ts";
import { freshConfig } from "./fresh.config.ts";
import { runNode } from "./lib/runtime/run_node.ts";
import { currentNode } from "./lib/runtime/current_node.ts";

export const app = new App<State>(freshConfig)
  .use(staticFiles())
  .use(async (ctx) => {
    ctx.state.node = await currentNode();
    return await ctx.next();
  })
  .fsRoutes();

if (import.meta.main) {
  // Not awaited here: the built server imports this module, which must be through by then.
  runNode(() => import(new URL("./_fresh/server.js", import.meta.url).href));
}
