import { isValidElement } from "preact";
import { Signal } from "@preact/signals";

export class Point {
  x = 1;
  double(): number {
    return this.x * 2;
  }
}

/** Describes a value and its type. */
export function describe(value: unknown, above: unknown[] = []): string {
  if (above.includes(value)) return "circle";
  const inner = (part: unknown) => describe(part, [...above, value]);
  if (value instanceof Signal) {
    const kind = Object.getPrototypeOf(value) === Signal.prototype ? "signal" : "computed";
    return `${kind} ${inner(value.peek())}`;
  }
  if (Array.isArray(value)) {
    const item = (part: unknown, i: number) =>
      !(i in value) ? "hole" : i > 0 && part === value[0] ? "same" : inner(part);
    return `[${Array.from(value, item).join(", ")}]`;
  }
  if (isValidElement(value) && "type" in value) return "element";
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof Error) return `Error ${value.message}`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer ${inner([...new Uint8Array(value)])}`;
  if (value instanceof Map || value instanceof Set || value instanceof URLSearchParams || ArrayBuffer.isView(value)) {
    return `${kindOf(value)} ${inner([...value as Iterable<unknown>])}`;
  }
  if (value instanceof URL || value instanceof RegExp) return `${kindOf(value)} ${value}`;
  if (typeof value === "object" && value !== null) return `${objectKind(value)}{${fields(value, inner).join(", ")}}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function objectKind(value: object): string {
  if (value instanceof Point) return "Point ";
  if (Object.getPrototypeOf(value) === null) return "bare ";
  const kind = kindOf(value);
  return kind === "Object" ? "" : `${kind} `;
}

/** Own fields, and inherited ones after a `~`. */
function fields(value: object, inner: (part: unknown) => string): string[] {
  const out: string[] = [];
  for (const name in value) {
    out.push(`${Object.hasOwn(value, name) ? "" : "~"}${name}: ${inner(Reflect.get(value, name))}`);
  }
  return out;
}
