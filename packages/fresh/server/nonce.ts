/** Maps rendered responses to the nonces of their scripts and styles. */
const NONCE = Symbol.for("__freshNonce");

/** Returns a new random nonce. */
export function newNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Stores the nonce that a response was rendered with. */
export function setNonce(response: Response, nonce: string): void {
  Reflect.set(response, NONCE, nonce);
}

/** Returns the nonce that a response was rendered with, or undefined if it was not rendered. */
export function nonceOf(response: Response): string | undefined {
  const nonce: unknown = Reflect.get(response, NONCE);
  return typeof nonce === "string" ? nonce : undefined;
}
