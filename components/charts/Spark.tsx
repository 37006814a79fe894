import { areaPath, largest, LINE_HEIGHT, linePath } from "../../lib/dashboard/charts/line_path.ts";
import type { Values } from "../../lib/dashboard/charts/series.ts";

/** A sparkline of the last minutes of a figure, from zero. */
export function Spark({ values }: { values: Values }) {
  const most = largest(values);
  return (
    <svg
      class="spark"
      viewBox={`0 0 ${Math.max(1, values.length - 1)} ${LINE_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path class="area" d={areaPath(values, most)} />
      <path d={linePath(values, most)} />
    </svg>
  );
}
