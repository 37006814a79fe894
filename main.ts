import { App, staticFiles } from "fresh";
import type { State } from "./define.ts";
import { freshConfig } from "./fresh.config.ts";
import { createCompression } from "./lib/http/compression.ts";
import { setBasePath } from "./lib/dashboard/shell/base_path.ts";
import { guarded } from "./lib/http/request_guard.ts";
import { setBaseHeaders } from "./lib/http/security_headers.ts";
import { notModified } from "./lib/http/not_modified.ts";
import { hideBuildReport } from "./lib/http/hide_build_report.ts";
import { refuseMalformed } from "./lib/http/refusals.ts";
import { runNode } from "./lib/node/run_node.ts";
import { currentNode, hostedNode } from "./lib/node/current_node.ts";

/** When run directly, this process starts and stops its node; a host that only serves the build does not. */
const nodeOfProcess = import.meta.main ? currentNode : hostedNode;
const compress = createCompression();

setBasePath(freshConfig.basePath ?? "");

export const app = guarded(new App<State>(freshConfig))
  .use(async (ctx) => await compress(ctx.req, await ctx.next()))
  .use(notModified)
  .use(refuseMalformed)
  .use(setBaseHeaders)
  .use(hideBuildReport)
  .use(staticFiles())
  .use(async (ctx) => {
    ctx.state.node = await nodeOfProcess();
    return await ctx.next();
  })
  .fsRoutes();

if (import.meta.main) {
  // Not awaited here: the built server imports this module, which must have been evaluated by then.
  runNode(() => import(new URL("./_fresh/server.js", import.meta.url).href));
}
