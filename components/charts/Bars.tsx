/** A row of small bars, oldest first; `label` is the text alternative. */
export function Bars({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  return (
    <svg
      class="spark bars"
      viewBox={`0 0 ${values.length * 6} 24`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      {values.map((value, at) => {
        const height = value === 0 ? 1 : 3 + 21 * value / most;
        return (
          <rect
            key={at}
            x={at * 6 + 1}
            y={24 - height}
            width={4}
            height={height}
            data-some={value > 0 ? "true" : undefined}
          />
        );
      })}
    </svg>
  );
}
