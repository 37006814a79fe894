import { type Context, csp, HttpError } from "fresh";
import { define, type State } from "../define.ts";
import type { Decision } from "../lib/auth/access.ts";
import { clientAddress } from "../lib/auth/address.ts";
import { hardening } from "../lib/auth/content_policy.ts";
import { isChange, isUpgrade } from "../lib/auth/origin.ts";
import { refused } from "../lib/http/answer.ts";
import { isForPrograms } from "../lib/http/for_programs.ts";
import { pickLanguage } from "../lib/i18n/language.ts";
import { CLOSE_CODES } from "../lib/live/close_codes.ts";

/** Addresses for which nobody has to be known. */
const OPEN = ["/healthz", "/sign-in", "/sign-out", "/preferences"];

const withNonce = csp<State>({ useNonce: true });

/** Gives every answer its headers. A WebSocket's handshake is left as it is. */
async function harden(ctx: Context<State>): Promise<Response> {
  if (isUpgrade(ctx.req)) return await ctx.next();
  const response = await withNonce(ctx);
  // The framework's policy names the nonce of the page; the rest of it is not strict enough, and it
  // makes browsers ask for https, which a node on a plain address does not speak.
  const policy = response.headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? null;
  for (const [name, value] of hardening(nonce)) response.headers.set(name, value);
  return response;
}

function speak(ctx: Context<State>): Promise<Response> {
  const { headers } = ctx.req;
  ctx.state.language = pickLanguage(headers.get("accept-language"), headers.get("cookie"));
  return ctx.next();
}

/** Lets in whom the node's access allows in, and says who it is. */
async function admit(ctx: Context<State>): Promise<Response> {
  const { access } = ctx.state.node;
  if (OPEN.includes(ctx.url.pathname)) {
    ctx.state.role = "viewer";
    if (access.hears(ctx.req)) return await ctx.next();
  }
  const decision = await access.decide(ctx.req, clientAddress(ctx.info));
  if (decision.kind !== "allowed") return turnAway(ctx, decision);
  ctx.state.role = decision.role;
  return await ctx.next();
}

function turnAway(ctx: Context<State>, decision: Exclude<Decision, { kind: "allowed" }>) {
  const { message } = decision;
  const forProgram = isForPrograms(ctx.url);
  ctx.state.role = "viewer";
  switch (decision.kind) {
    case "slowed":
      return refused(429, message, { headers: { "retry-after": String(decision.waitSeconds) } });
    case "forbidden":
      if (forProgram) return refused(403, message);
      throw new HttpError(403, message);
    case "unknown":
      // A browser tells its page nothing of a refused handshake, but it does tell it a close code.
      if (isUpgrade(ctx.req) && ctx.req.headers.has("origin")) {
        return ctx.upgrade({
          open: (socket) => socket.close(CLOSE_CODES.signedOut, "sign in again"),
        });
      }
      if (forProgram) {
        return refused(401, message, { headers: { "www-authenticate": "Bearer" } });
      }
      return ctx.redirect(signInAddress(ctx), 303);
  }
}

function signInAddress({ req, url }: Context<State>): string {
  const asked = url.pathname + url.search;
  return isChange(req) || asked === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(asked)}`;
}

export default define.middleware([harden, speak, admit]);
