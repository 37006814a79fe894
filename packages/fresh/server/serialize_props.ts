import { PROP_CODES } from "../shared/prop_codes.ts";
import { isComputed, isSignal } from "../shared/signals.ts";
import { SlotReference } from "../shared/slot_reference.ts";

/**
 * Serializes the props of a page's islands: a JSON array of distinct values, in which arrays and objects refer to their parts by index. This preserves object identity, even in cycles.
 *
 * Dates, maps, sets, URLs, regular expressions, `Uint8Array`s, big and special numbers and signals keep
 * their type; a computed signal keeps its current value. As on the published framework, any other object becomes a plain one with the same enumerable fields, a `Uint8Array` includes its whole buffer, and a symbol yields text that cannot be parsed.
 *
 * @throws {TypeError} If a prop is or contains a function.
 */
export function serializeProps(props: readonly Record<string, unknown>[]): string {
  const parts: string[] = [];
  const indexes = new Map<unknown, number>();

  function indexOf(value: unknown): number {
    const code = codeOf(value);
    if (code !== undefined) return code;
    const known = indexes.get(value);
    if (known !== undefined) return known;
    const index = parts.push("") - 1;
    indexes.set(value, index);
    parts[index] = serialize(value, indexOf);
    return index;
  }

  indexOf(props);
  return `[${parts.join(",")}]`;
}

function codeOf(value: unknown): number | undefined {
  if (value === undefined) return PROP_CODES.undefined;
  if (value === null) return PROP_CODES.null;
  if (Number.isNaN(value)) return PROP_CODES.notANumber;
  if (value === Infinity) return PROP_CODES.infinity;
  if (value === -Infinity) return PROP_CODES.negativeInfinity;
  return Object.is(value, -0) ? PROP_CODES.negativeZero : undefined;
}

function serialize(value: unknown, indexOf: (part: unknown) => number): string {
  switch (typeof value) {
    case "function":
      throw new TypeError("Cannot pass a function to an island: it cannot be serialized");
    case "symbol":
      return "";
    case "bigint":
      return JSON.stringify(["BigInt", String(value)]);
    case "object":
      break;
    default:
      return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    const parts = Array.from(value, (part, i) => i in value ? indexOf(part) : PROP_CODES.hole);
    return JSON.stringify(parts);
  }
  if (value instanceof SlotReference) return JSON.stringify(["Slot", value.id]);
  if (isSignal(value)) {
    return JSON.stringify([isComputed(value) ? "Computed" : "Signal", indexOf(value.peek())]);
  }
  if (value instanceof URL) return JSON.stringify(["URL", value.href]);
  if (value instanceof Date) return JSON.stringify(["Date", value.getTime()]);
  if (value instanceof RegExp) return JSON.stringify(["RegExp", value.source, value.flags]);
  if (value instanceof Uint8Array) {
    return JSON.stringify(["Uint8Array", new Uint8Array(value.buffer).toBase64()]);
  }
  if (value instanceof Set) return JSON.stringify(["Set", Array.from(value, indexOf)]);
  if (value instanceof Map) {
    return JSON.stringify(["Map", [...value].flat().map(indexOf)]);
  }
  const fields = Object.entries(value ?? {}).map(([name, part]) =>
    `${JSON.stringify(name)}:${indexOf(part)}`
  );
  return `{${fields.join(",")}}`;
}
