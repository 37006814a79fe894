import { type Context, HttpError } from "fresh";
import type { Decision } from "../auth/access_decision.ts";
import { setSessionCookie } from "../auth/session_cookie.ts";
import { withoutBase } from "../dashboard/shell/base_path.ts";
import { isChange } from "../auth/csrf.ts";
import { permissionFor } from "../auth/route_permissions.ts";
import type { AuthorizedRequest } from "./authorized_request.ts";
import { refused } from "./json_response.ts";
import { rawConnections } from "./front/raw_connections.ts";
import { isApiPath } from "./api_path.ts";

const SWITCHING_PROTOCOLS = 101;

/** Middleware: authenticates the actor and checks the permission that the route requires. */
export async function authorize<State extends AuthorizedRequest>(
  ctx: Context<State>,
): Promise<Response> {
  const { state, req } = ctx;
  const { access } = state.node;
  const isHttp10 = rawConnections.get(req)?.progress.isHttp10 ?? false;
  state.client = access.client(req, ctx.info, isHttp10);
  state.identity = null;
  state.role = "viewer";
  const permission = permissionFor(ctx.route === null ? null : withoutBase(ctx.route), req.method);
  const decision = await access.decide(req, state.client, permission);
  if (decision.kind !== "allowed") return turnAway(ctx, decision);
  state.identity = decision.identity;
  state.role = decision.identity?.actor.role ?? "viewer";
  const response = await ctx.next();
  if (decision.newKey !== null && response.status !== SWITCHING_PROTOCOLS) {
    const cookie = setSessionCookie(decision.newKey, access.cookieScope(state.client));
    const name = cookie.slice(0, cookie.indexOf("=") + 1);
    // A sign-out in the meantime takes precedence and clears the cookie.
    if (!response.headers.getSetCookie().some((each) => each.startsWith(name))) {
      response.headers.append("set-cookie", cookie);
    }
  }
  return response;
}

function turnAway<State extends AuthorizedRequest>(
  ctx: Context<State>,
  decision: Exclude<Decision, { kind: "allowed" }>,
): Response {
  const { message } = decision;
  const forProgram = isApiPath(ctx.url);
  switch (decision.kind) {
    case "throttled":
      return refused(ctx.req, 429, message, {
        headers: { "retry-after": String(decision.waitSeconds) },
      });
    case "forbidden":
      if (forProgram) return refused(ctx.req, 403, message);
      // The page names the actor's role, and has the button that signs out.
      if (decision.identity !== null) {
        ctx.state.identity = decision.identity;
        ctx.state.role = decision.identity.actor.role;
      }
      throw new HttpError(403, message);
    case "unknown":
      if (forProgram) {
        return refused(ctx.req, 401, message, { headers: { "www-authenticate": "Bearer" } });
      }
      return ctx.redirect(signInAddress(ctx), 303);
  }
}

function signInAddress<State>({ req, url }: Context<State>): string {
  const target = url.pathname + url.search;
  return isChange(req) || withoutBase(target) === "/"
    ? "/sign-in"
    : `/sign-in?next=${encodeURIComponent(target)}`;
}
