import type { ReadonlySignal } from "@preact/signals";

const SIGNAL_BRAND = Symbol.for("preact-signals");

/** Whether a value is a signal, from any copy of the library. */
export function isSignal(value: unknown): value is ReadonlySignal {
  return typeof value === "object" && value !== null &&
    Reflect.get(value, "brand") === SIGNAL_BRAND;
}

/** Whether a signal is computed and therefore read-only. */
export function isComputed(value: ReadonlySignal): boolean {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), "value")
    ?.set === undefined;
}
