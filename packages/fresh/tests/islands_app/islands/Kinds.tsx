import { IS_BROWSER } from "fresh/runtime";

interface KindsProps {
  values: Record<string, unknown>;
  circle: Record<string, unknown>;
}

/** Displays the type of each of its props. */
export default function Kinds({ values, circle }: KindsProps) {
  const kinds = Object.entries(values).map(([name, value]) => `${name}: ${describe(value)}`);
  return (
    <pre id={IS_BROWSER ? "kinds" : "kinds-on-server"}>
      {[...kinds, `circle: ${circle.self === circle}`].join("\n")}
    </pre>
  );
}

function describe(value: unknown): string {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (value instanceof Map || value instanceof Set) return `${kind} ${JSON.stringify([...value])}`;
  if (value instanceof Date) return `${kind} ${value.getTime()}`;
  return `${kind} ${value}`;
}
