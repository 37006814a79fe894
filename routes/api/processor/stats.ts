import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";

/** The totals over all nodes and days. */
export const handler = define.handlers(endpoint("/api/processor/stats", {
  async GET(ctx) {
    const { processed, failed, retried, elapsedMs, updatedAt } = await ctx.state.node.queue
      .totals();
    return succeeded({
      total_processed: processed,
      total_failed: failed + retried,
      total_retried: retried,
      avg_processing_ms: processed === 0 ? 0 : Math.round(elapsedMs / processed * 100) / 100,
      updated_at: updatedAt === null ? null : new Date(updatedAt).toISOString(),
    });
  },
}));
