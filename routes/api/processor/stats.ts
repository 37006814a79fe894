import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";

/** The totals over all nodes and days. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { processed, failed, retried, elapsedMs, updatedAt } = await ctx.state.node.queue
      .totals();
    return succeeded({
      total_processed: processed,
      total_failed: failed,
      total_retried: retried,
      avg_processing_ms: processed === 0 ? 0 : Math.round(elapsedMs / processed * 100) / 100,
      updated_at: updatedAt === null ? null : new Date(updatedAt).toISOString(),
    });
  },
});
