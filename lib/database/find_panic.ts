const ERROR_RESPONSE = "E".charCodeAt(0);
/** The type of a message, and its length, which includes itself. */
const HEAD_BYTES = 5;

/**
 * Returns the message of a PANIC in a response of Postgres, or null. A server ends after it; the embedded Postgres
 * continues, but processes nothing any more.
 */
export function findPanic(response: Uint8Array): string | null {
  const view = new DataView(response.buffer, response.byteOffset, response.byteLength);
  for (let at = 0; at + HEAD_BYTES <= response.length;) {
    const end = at + 1 + Math.max(view.getUint32(at + 1), HEAD_BYTES - 1);
    if (response[at] === ERROR_RESPONSE) {
      const fields = new TextDecoder().decode(response.subarray(at + HEAD_BYTES, end)).split("\0");
      if (fields.includes("VPANIC")) {
        return fields.find((field) => field.startsWith("M"))?.slice(1) ?? "PANIC";
      }
    }
    at = end;
  }
  return null;
}
