import { type Attributes, metrics, SpanStatusCode, trace } from "@opentelemetry/api";
import { toError } from "./errors.ts";

const tracer = trace.getTracer("millrace");
const seconds = metrics.getMeter("millrace").createHistogram("millrace.span.duration", {
  unit: "s",
  description: "How long the spans of Millrace took, by their names",
});

/**
 * Runs `work` within a span of OpenTelemetry, and measures how long it took. Both go nowhere unless the
 * environment has `OTEL_DENO=true`.
 */
export async function withSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return await tracer.startActiveSpan(name, { attributes }, async (span) => {
    const began = performance.now();
    try {
      return await work();
    } catch (thrown) {
      const error = toError(thrown);
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      throw thrown;
    } finally {
      seconds.record((performance.now() - began) / 1_000, { span: name });
      span.end();
    }
  });
}
