/** Whether the long form of the fault-injection tests runs: `deno task test:faults`. */
export const longForm = Deno.env.get("FAULTS") === "long";

/** Selects the value for the form that runs. */
export function byForm<T>(forms: { short: T; long: T }): T {
  return longForm ? forms.long : forms.short;
}

/** Prints a measurement of a fault-injection test, in the form in which the documents quote it. */
export function printMeasurement(figure: string) {
  Deno.stderr.writeSync(new TextEncoder().encode(`    ${figure}\n`));
}

/** A random integer from 0 to `most`. */
export function anyUpTo(most: number): number {
  return Math.floor(Math.random() * (most + 1));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
