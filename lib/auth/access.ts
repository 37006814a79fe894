import { isLoopback } from "../runtime/config.ts";
import { sessionCookie } from "./cookie.ts";
import { hasLocalHost, isChange, isSameOrigin, isUpgrade } from "./origin.ts";
import type { Role } from "./role.ts";
import { createSessions } from "./session.ts";
import { createThrottle } from "./throttle.ts";
import { createTokenCheck, type Tokens } from "./token_check.ts";

/** What may become of a request. Messages are sentences for whoever sent it. */
export type Decision =
  | { kind: "allowed"; role: Role }
  /** Nobody that is known: sign in, or send a token. */
  | { kind: "unknown"; message: string }
  | { kind: "forbidden"; message: string }
  | { kind: "slowed"; message: string; waitSeconds: number };

/** What came of a sign-in. */
export type SignIn =
  | { kind: "signed in"; role: Role; proof: string }
  | { kind: "wrong" }
  | { kind: "slowed"; waitSeconds: number };

/** Who may do what on this node. */
export interface Access {
  /** Whether tokens are asked for at all; without them only this machine's user gets in. */
  readonly asksForTokens: boolean;
  /** Decides on a request from `address`. */
  decide(request: Request, address: string): Promise<Decision>;
  /** Whether a request of nobody in particular may be heard, such as a sign-in: not across origins. */
  hears(request: Request): boolean;
  signIn(token: string, address: string): Promise<SignIn>;
}

/** `now` answers milliseconds since the epoch. */
export function createAccess(tokens: Tokens, now: () => number): Access {
  const sessions = createSessions(tokens, now);
  const throttle = createThrottle(now);
  const roleOf = createTokenCheck(tokens);
  const asksForTokens = tokens.adminToken !== null;

  const hears = (request: Request) =>
    isSameOrigin(request) || !(isChange(request) || isUpgrade(request));

  /** Checks and counts in one go: tries that come together are no way around the throttle. */
  function tryToken(token: string, address: string): Role | null | { waitSeconds: number } {
    const waitSeconds = throttle.waitSeconds(address);
    if (waitSeconds > 0) return { waitSeconds };
    const role = roleOf(token);
    if (role === null) throttle.failed(address, token);
    return role;
  }

  async function identify(request: Request, address: string): Promise<Decision> {
    const authorization = request.headers.get("authorization");
    if (authorization === null) {
      const proof = sessionCookie(request);
      const session = proof === null ? null : await sessions.read(proof);
      if (session !== null) return { kind: "allowed", role: session.role };
      return { kind: "unknown", message: "Sign in, or send a token as Authorization: Bearer" };
    }
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token === undefined) {
      return { kind: "unknown", message: "Authorization must be Bearer and a token" };
    }
    const tried = tryToken(token, address);
    if (tried === null) return { kind: "unknown", message: "The token is not known" };
    if (typeof tried === "string") return { kind: "allowed", role: tried };
    return { kind: "slowed", message: "Too many wrong tokens from this address", ...tried };
  }

  return {
    asksForTokens,
    hears,
    async decide(request, address) {
      if (!hears(request)) return forbidden("The request comes from a page of another origin");
      if (!asksForTokens) return decideLocally(request, address);
      const decision = await identify(request, address);
      if (decision.kind === "allowed" && decision.role === "viewer" && isChange(request)) {
        return forbidden("A viewer may look, not touch; this takes the admin's token");
      }
      return decision;
    },
    async signIn(token, address) {
      const tried = tryToken(token, address);
      if (tried === null) return { kind: "wrong" };
      if (typeof tried !== "string") return { kind: "slowed", ...tried };
      return { kind: "signed in", role: tried, proof: await sessions.issue(tried) };
    },
  };
}

function decideLocally(request: Request, address: string): Decision {
  if (address !== "local" && !isLoopback(address)) {
    return forbidden("Without ADMIN_TOKEN only programs of this machine are served");
  }
  if (!hasLocalHost(request)) {
    return forbidden("Without ADMIN_TOKEN the Host must be this machine, such as localhost");
  }
  return { kind: "allowed", role: "admin" };
}

function forbidden(message: string): Decision {
  return { kind: "forbidden", message };
}
