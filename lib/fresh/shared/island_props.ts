import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { DevalueError, parse, stringify } from "devalue";

/** Stands for elements that were given to an island; they are in the page's HTML. */
export class SlotReference {
  constructor(readonly id: number) {}
}

const SIGNAL_BRAND = Symbol.for("preact-signals");

/** Whether a value is a signal, of whichever copy of the library. */
export function isSignal(value: unknown): value is ReadonlySignal {
  return typeof value === "object" && value !== null &&
    Reflect.get(value, "brand") === SIGNAL_BRAND;
}

/** A computed signal has a value to be read only. */
function isComputed(value: ReadonlySignal): boolean {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), "value")
    ?.set === undefined;
}

/**
 * The props of a page's islands as text. Dates, maps, sets, URLs, regular expressions, typed
 * arrays, big and special numbers keep their type, and whatever is the same object in two places,
 * even in a circle, is again. A signal stays a signal; a computed one keeps its present value.
 *
 * @throws {TypeError} when a prop is a function, or something else that cannot be written down.
 */
export function stringifyProps(props: readonly Record<string, unknown>[]): string {
  try {
    return stringify(props, {
      Slot: (value: unknown) => value instanceof SlotReference && [value.id],
      Computed: (value: unknown) => isSignal(value) && isComputed(value) && [value.peek()],
      Signal: (value: unknown) => isSignal(value) && [value.peek()],
    });
  } catch (cause) {
    const where = cause instanceof DevalueError ? ` (at ${cause.path})` : "";
    throw new TypeError(`Cannot send the islands' props to the browser: ${cause}${where}`, {
      cause,
    });
  }
}

/** What {@linkcode stringifyProps} wrote, as values. */
export function parseProps(text: string): Record<string, unknown>[] {
  return parse(text, {
    Slot: ([id]: [number]) => new SlotReference(id),
    Computed: ([value]: [unknown]) => computed(() => value),
    Signal: ([value]: [unknown]) => signal(value),
  });
}
