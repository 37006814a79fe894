import type { ProxySignOn } from "../runtime/config.ts";
import type { Decision } from "./access_decision.ts";
import type { Client } from "./client.ts";
import { type CookieScope, readSessionCookie } from "./session_cookie.ts";
import { readSignedOn } from "./proxy_sign_on.ts";
import type { Sessions } from "./sessions.ts";
import type { TokenStore } from "./token_store.ts";
import type { createTokenVerifier } from "./token_verifier.ts";

/** The dependencies of `authenticate`. */
export interface AuthenticatorParts {
  tokens: TokenStore;
  sessions: Sessions;
  verifyToken: ReturnType<typeof createTokenVerifier>;
  proxySignOn: ProxySignOn | null;
}

/**
 * Authenticates a request. A known token comes first; then the person that a trusted proxy names, since proxies may add
 * their own bearer token; then any other token, which is wrong; then the session in the cookie.
 */
export function createAuthenticator(
  { tokens, sessions, verifyToken, proxySignOn }: AuthenticatorParts,
) {
  function byToken(token: string, address: string): Decision | null {
    const found = tokens.find(token);
    if (found === null) return null;
    const { name, role } = found;
    const mark = tokens.mark(name, "socket") ?? "";
    return allowed({ actor: { name, role, address }, credential: { kind: "token", name, mark } });
  }

  function byProxy(request: Request, { viaTrustedProxy, address }: Client): Decision | null {
    if (proxySignOn === null || !viaTrustedProxy) return null;
    const person = readSignedOn(request, proxySignOn);
    if (person === null) return null;
    const { name, role } = person;
    if (role === null) {
      return { kind: "forbidden", message: `${name} has no role here`, identity: null };
    }
    return allowed({ actor: { name, role, address }, credential: { kind: "proxy" } });
  }

  async function bySession(key: string, address: string): Promise<Decision | null> {
    const found = await sessions.find(key);
    if (found === null) return null;
    const { session: { id, name, role }, newKey } = found;
    const identity = {
      actor: { name, role, address },
      credential: { kind: "session", id } as const,
    };
    return { kind: "allowed", identity, newKey };
  }

  return async (request: Request, client: Client, scope: CookieScope): Promise<Decision> => {
    const authorization = request.headers.get("authorization");
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
    const known = token === undefined ? null : byToken(token, client.address);
    const decided = known ?? byProxy(request, client);
    if (decided !== null) return decided;
    if (token !== undefined) {
      const verification = await verifyToken(token, client);
      if (verification.kind !== "throttled") return unknown("The token is not known");
      return { ...verification, message: "Too many wrong tokens from this address" };
    }
    if (authorization !== null) return unknown("Authorization must be Bearer and a token");
    const key = readSessionCookie(request, scope);
    const session = key === null ? null : await bySession(key, client.address);
    return session ?? unknown("Sign in, or send a token as Authorization: Bearer");
  };
}

function allowed(identity: Extract<Decision, { kind: "allowed" }>["identity"]): Decision {
  return { kind: "allowed", identity, newKey: null };
}

function unknown(message: string): Decision {
  return { kind: "unknown", message };
}
