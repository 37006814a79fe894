import { computed, signal } from "@preact/signals";
import { PROP_CODES } from "../shared/prop_codes.ts";
import { SlotReference } from "../shared/slot_reference.ts";

const CODED: ReadonlyMap<number, unknown> = new Map<number, unknown>([
  [PROP_CODES.undefined, undefined],
  [PROP_CODES.null, null],
  [PROP_CODES.notANumber, NaN],
  [PROP_CODES.infinity, Infinity],
  [PROP_CODES.negativeInfinity, -Infinity],
  [PROP_CODES.negativeZero, -0],
]);

/**
 * Parses the output of `serializeProps`.
 *
 * @throws {SyntaxError} If the text is not JSON, as after a prop that is a symbol.
 */
export function parseProps(text: string): Record<string, unknown>[] {
  const parts: unknown[] = JSON.parse(text);
  const values: unknown[] = new Array(parts.length);

  function valueAt(index: number): unknown {
    if (index < 0) return CODED.get(index);
    return index in values ? values[index] : revive(index);
  }

  function revive(index: number): unknown {
    const part = parts[index];
    if (Array.isArray(part) && typeof part[0] !== "string") {
      const list: unknown[] = values[index] = new Array(part.length);
      part.forEach((at, i) => {
        if (at !== PROP_CODES.hole) list[i] = valueAt(at);
      });
      return list;
    }
    if (Array.isArray(part)) return reviveTyped(index, part as [string, unknown?, unknown?]);
    if (typeof part !== "object" || part === null) return values[index] = part;
    const fields: Record<string, unknown> = values[index] = {};
    for (const [name, at] of Object.entries(part)) fields[name] = valueAt(at);
    return fields;
  }

  // The server wrote these, and belongs to the same build.
  // deno-lint-ignore no-explicit-any -- the value's type depends on the name
  function reviveTyped(index: number, [name, value, flags]: [string, any?, any?]): unknown {
    switch (name) {
      case "BigInt":
        return values[index] = BigInt(value);
      case "URL":
        return values[index] = new URL(value);
      case "Date":
        return values[index] = new Date(value ?? NaN);
      case "RegExp":
        return values[index] = new RegExp(value, flags);
      case "Uint8Array":
        return values[index] = Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
      case "Slot":
        return values[index] = new SlotReference(value);
      case "Signal":
        return values[index] = signal(valueAt(value));
      case "Computed": {
        const current = valueAt(value);
        return values[index] = computed(() => current);
      }
      case "Set": {
        const set = values[index] = new Set();
        for (const at of value) set.add(valueAt(at));
        return set;
      }
      case "Map": {
        const map = values[index] = new Map();
        for (let i = 0; i < value.length; i += 2) map.set(valueAt(value[i]), valueAt(value[i + 1]));
        return map;
      }
    }
    throw new Error(`Cannot parse the islands' props: ${name} is unknown`);
  }

  // The first part is the list of all props.
  return valueAt(0) as Record<string, unknown>[];
}
