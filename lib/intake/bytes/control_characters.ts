// The record separator of JSON text sequences, and escapes, occur in texts.
// deno-lint-ignore no-control-regex
const CONTROLS = /[\0-\x08\x0E-\x1A\x1C\x1D\x1F]/g;

/** Returns the number of control characters that do not occur in texts. */
export function countControls(text: string): number {
  return text.match(CONTROLS)?.length ?? 0;
}
