import { SESSION_MS } from "./session.ts";

const NAME = "millrace_session";

/** The proof of a sign-in that a browser sends along, or null. */
export function sessionCookie(request: Request): string | null {
  for (const pair of request.headers.get("cookie")?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === NAME && value !== undefined && value !== "") return value;
  }
  return null;
}

/** A `Set-Cookie` that keeps a proof in a browser, out of reach of scripts and of other sites. */
export function keepSession(proof: string, request: Request): string {
  return cookie(proof, SESSION_MS / 1_000, request);
}

/** A `Set-Cookie` that makes a browser forget its proof. */
export function forgetSession(request: Request): string {
  return cookie("", 0, request);
}

function cookie(value: string, maxAge: number, request: Request): string {
  const scheme = request.headers.get("x-forwarded-proto") ?? new URL(request.url).protocol;
  const secure = scheme.startsWith("https") ? "; Secure" : "";
  return `${NAME}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure}`;
}
