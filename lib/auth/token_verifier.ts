import type { EventRecorder } from "../database/event_recorder.ts";
import type { Actor } from "../wire/actor.ts";
import type { Client } from "./client.ts";
import { createTokenRateLimit } from "./token_rate_limit.ts";
import type { AccessToken } from "./token_roles.ts";
import type { TokenStore } from "./token_store.ts";

/** The result of checking a token. */
export type Verification =
  | { kind: "known"; token: AccessToken }
  | { kind: "wrong" }
  | { kind: "throttled"; waitSeconds: number };

/**
 * Checks tokens: a right one is accepted immediately; wrong ones are rate limited by the client's address.
 * Checking and counting is one synchronous step, so concurrent tries cannot bypass the limit. Guesses and
 * lockouts are recorded as events; repetitions of the same wrong token are not.
 */
export function createTokenVerifier(
  { tokens, events, now }: {
    tokens: TokenStore;
    events: Pick<EventRecorder, "record">;
    now: () => number;
  },
): (token: string, client: Pick<Client, "address">) => Promise<Verification> {
  const rateLimit = createTokenRateLimit(now);
  return async (text, { address }) => {
    const token = tokens.find(text);
    if (token !== null) return { kind: "known", token };
    const { waitSeconds, isGuess, locksOut } = rateLimit.failed(address, text);
    if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
    const actor: Actor = { name: "unknown", role: null, address };
    if (isGuess) {
      await events.record({ kind: "sign_in_failed", subject: "token", counts: {} }, {
        actor,
        result: "refused",
      });
    }
    if (locksOut) {
      await events.record({ kind: "locked_out", subject: null, counts: { wait_seconds: 1 } }, {
        actor,
        result: "refused",
      });
    }
    return { kind: "wrong" };
  };
}
