/** Whether the long form of the fault tests runs: `deno task test:faults`. */
export const longForm = Deno.env.get("FAULTS") === "long";

/** The value for the form that runs. */
export function byForm<T>(forms: { short: T; long: T }): T {
  return longForm ? forms.long : forms.short;
}

/** Says a figure that a fault test measured, in the form in which the documents quote them. */
export function tell(figure: string) {
  Deno.stderr.writeSync(new TextEncoder().encode(`    ${figure}\n`));
}

/** A whole number from 0 to `most`, at random. */
export function anyUpTo(most: number): number {
  return Math.floor(Math.random() * (most + 1));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
