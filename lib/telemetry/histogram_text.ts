import { BOUNDS, type HistogramCounts } from "../wire/histogram.ts";

/** One series of a histogram. */
export interface HistogramSeries {
  labels: Readonly<Record<string, string>>;
  histogram: HistogramCounts;
}

/** A histogram in Prometheus' text format; empty without a series. */
export function histogramText(
  name: string,
  help: string,
  series: readonly HistogramSeries[],
): string {
  if (series.length === 0) return "";
  const lines = series.flatMap(({ labels, histogram: { counts, sum } }) => {
    let total = 0;
    const buckets = BOUNDS.map((bound, bucket) => {
      total += counts[bucket] ?? 0;
      return `${name}_bucket${labelText({ ...labels, le: String(bound) })} ${total}`;
    });
    total += counts[BOUNDS.length] ?? 0;
    return [
      ...buckets,
      `${name}_bucket${labelText({ ...labels, le: "+Inf" })} ${total}`,
      `${name}_sum${labelText(labels)} ${sum}`,
      `${name}_count${labelText(labels)} ${total}`,
    ];
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ""].join("\n");
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
