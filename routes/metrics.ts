import { define } from "../define.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { renderMetrics } from "../lib/telemetry/metrics.ts";

/** The metrics of the stream and of this node, for Prometheus. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { type, text } = await renderMetrics(ctx.state.node);
    return new Response(text, { headers: { "content-type": type, "cache-control": "no-store" } });
  },
});
