import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import { isLoopback } from "../runtime/addresses.ts";
import type { Config } from "../runtime/config.ts";
import type { Actor } from "../wire/actor.ts";
import { type Client, readClient, wasForwarded } from "./client.ts";
import { type CookieScope, cookieScope, readSessionCookie } from "./session_cookie.ts";
import type { Decision } from "./access_decision.ts";
import { createAuthenticator } from "./authenticate.ts";
import type { Credential, Identity } from "./identity.ts";
import { isKnownHost, isLocalHost } from "./allowed_host.ts";
import { isChange, isSameOrigin, isUpgrade } from "./csrf.ts";
import { lackOf, mayAs, type Permission } from "./route_permissions.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { openTokenStore } from "./token_store.ts";
import { createTokenVerifier } from "./token_verifier.ts";

/** The result of a sign-in. */
export type SignIn =
  | { kind: "signed in"; key: string }
  /** The token's role opens no pages. */
  | { kind: "without pages" }
  | { kind: "wrong" }
  | { kind: "throttled"; waitSeconds: number };

export type AccessConfig = Pick<
  Config,
  | "adminToken"
  | "viewerToken"
  | "tokensFile"
  | "publicUrls"
  | "trustedProxies"
  | "proxySignOn"
  | "basePath"
>;

/** Authentication and authorization on this node. */
export interface Access extends AsyncDisposable {
  /** Whether any authentication is configured; otherwise only loopback clients are admitted. */
  readonly requiresSignIn: boolean;
  readonly sessions: Sessions;
  /** The client of a request, and its proxy. */
  client(request: Request, info: Deno.ServeHandlerInfo, isHttp10: boolean): Client;
  cookieScope(client: Client): CookieScope;
  /** Decides whether a client's request has a permission. */
  decide(request: Request, client: Client, permission: Permission): Promise<Decision>;
  signIn(token: string, client: Client, userAgent: string): Promise<SignIn>;
  /** Ends the session of a request, if it has one. */
  signOut(request: Request, client: Client): Promise<void>;
  /** Returns the credentials that are still valid. */
  living(credentials: readonly Credential[]): Promise<Set<Credential>>;
}

export interface AccessParts {
  config: AccessConfig;
  sql: Sql;
  events: Pick<EventRecorder, "record">;
  logger: Logger;
  /** Milliseconds of a monotonic clock. */
  now?: () => number;
}

/** Opens the tokens and the sessions of a node. Throws when the tokens file is invalid. */
export async function openAccess(
  { config, sql, events, logger, now = () => performance.now() }: AccessParts,
): Promise<Access> {
  const { publicUrls, proxySignOn, basePath } = config;
  const tokens = await openTokenStore(config, logger);
  const sessions = createSessions({ sql, tokens, now });
  const verifyToken = createTokenVerifier({ tokens, events, now });
  const authenticate = createAuthenticator({ tokens, sessions, verifyToken, proxySignOn });
  const requiresSignIn = config.adminToken !== null || config.tokensFile !== null ||
    proxySignOn !== null;
  const scopeOf = (client: Client) => cookieScope(client, basePath);

  /** Returns the refusal of a request that no identity may send; null when there is none. */
  function refuse(request: Request, client: Client): Decision | null {
    const acts = isChange(request) || isUpgrade(request);
    if (acts && !isSameOrigin(request, client, publicUrls)) {
      return forbidden("The request comes from a page of another origin");
    }
    if (requiresSignIn) {
      return isKnownHost(client.host, publicUrls)
        ? null
        : forbidden("The Host is not among the addresses in PUBLIC_URL");
    }
    if (wasForwarded(request, client)) {
      return forbidden("Without ADMIN_TOKEN nothing that a proxy forwards is served");
    }
    if (client.address !== "local" && !isLoopback(client.address)) {
      return forbidden("Without ADMIN_TOKEN only programs of this machine are served");
    }
    return isLocalHost(client.host)
      ? null
      : forbidden("Without ADMIN_TOKEN the Host must be this machine, such as localhost");
  }

  return {
    requiresSignIn,
    sessions,
    client: (request, info, isHttp10) => readClient(request, info, isHttp10, config),
    cookieScope: scopeOf,
    async decide(request, client, permission) {
      const refusal = refuse(request, client);
      if (refusal !== null) return refusal;
      if (permission === "anyone") return { kind: "allowed", identity: null, newKey: null };
      if (!requiresSignIn) return { kind: "allowed", identity: localUser(client), newKey: null };
      const decision = await authenticate(request, client, scopeOf(client));
      if (decision.kind !== "allowed" || decision.identity === null) return decision;
      const { role } = decision.identity.actor;
      return mayAs(role, permission) ? decision : forbidden(
        lackOf(permission, role),
        decision.identity,
      );
    },
    async signIn(token, client, userAgent) {
      const verification = await verifyToken(token, client);
      if (verification.kind !== "known") return verification;
      if (!mayAs(verification.token.role, "viewer")) return { kind: "without pages" };
      const { address } = client;
      const key = await sessions.open(verification.token, { address, userAgent });
      const { name, role } = verification.token;
      await recordSign("sign_in", { name, role, address });
      return { kind: "signed in", key };
    },
    async signOut(request, client) {
      const key = readSessionCookie(request, scopeOf(client));
      const found = key === null ? null : await sessions.find(key);
      const ended = found === null ? null : await sessions.end(found.session.id);
      if (ended === null) return;
      const { name, role } = ended;
      await recordSign("sign_out", { name, role, address: client.address });
    },
    async living(credentials) {
      const ids = credentials.flatMap((each) => each.kind === "session" ? [each.id] : []);
      const alive = ids.length === 0 ? new Set<string>() : await sessions.living(ids);
      return new Set(credentials.filter((each) => {
        if (each.kind === "session") return alive.has(each.id);
        return each.kind !== "token" || tokens.mark(each.name, "socket") === each.mark;
      }));
    },
    [Symbol.asyncDispose]: () => tokens[Symbol.asyncDispose](),
  };

  function recordSign(kind: "sign_in" | "sign_out", actor: Actor) {
    return events.record({ kind, subject: null, counts: {} }, { actor });
  }
}

function localUser({ address }: Client): Identity {
  return {
    actor: { name: "admin", role: "admin", address },
    credential: { kind: "local" },
  };
}

function forbidden(message: string, identity: Identity | null = null): Decision {
  return { kind: "forbidden", message, identity };
}
