/** Where a rendered response keeps the nonce of its scripts and styles, out of its headers. */
const NONCE = Symbol.for("__freshNonce");

/** A nonce that was not used before. */
export function newNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Remembers which nonce a response was rendered with. */
export function setNonce(response: Response, nonce: string): void {
  Reflect.set(response, NONCE, nonce);
}

/** The nonce that a response was rendered with, or undefined when it was not rendered. */
export function nonceOf(response: Response): string | undefined {
  const nonce: unknown = Reflect.get(response, NONCE);
  return typeof nonce === "string" ? nonce : undefined;
}
