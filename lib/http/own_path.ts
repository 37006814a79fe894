/** A path of this very site as it was given, or its front page: nobody is led elsewhere. */
export function ownPath(path: unknown): string {
  return typeof path === "string" && /^\/(?![/\\])/.test(path) ? path : "/";
}
