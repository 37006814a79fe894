/** A tab, visible ASCII and the upper half of Latin-1, RFC 9110; Deno's HTTP writer panics on the rest. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Returns the name of the first header whose value cannot be sent, or null. */
export function findUnsendable(headers: Headers): string | null {
  for (const [name, value] of headers) if (!VALUE.test(value)) return name;
  return null;
}
