import type { Logger } from "@logtape/logtape";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { CLOSE_CODES } from "../wire/close_codes.ts";
import type { Access } from "./access.ts";
import type { Credential } from "./identity.ts";

const CHECK_MS = 2_000;
/** A proxy authenticates only the handshake, so the client has to reconnect after this time. */
const PROXIED_MS = 15 * 60_000;

type WatchedSocket = Pick<WebSocket, "close" | "addEventListener">;

/** Closes sockets when their credential ends: the session, or the token. */
export interface SocketWatch extends AsyncDisposable {
  /** Watches a socket until it closes. */
  watch(socket: WatchedSocket, credential: Credential): void;
  /** Closes the sockets whose credential has ended; also runs every two seconds. */
  check(): Promise<void>;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createSocketWatch(
  { access, logger, now = () => performance.now() }: {
    access: Pick<Access, "living">;
    logger: Logger;
    now?: () => number;
  },
): SocketWatch {
  const watched = new Map<WatchedSocket, { credential: Credential; since: number }>();
  let checking: Promise<void> | null = null;

  async function check() {
    if (watched.size === 0) return;
    try {
      const living = await access.living([...watched.values()].map(({ credential }) => credential));
      for (const [socket, { credential, since }] of watched) {
        if (!living.has(credential)) socket.close(CLOSE_CODES.signedOut, "sign in again");
        else if (credential.kind === "proxy" && now() - since >= PROXIED_MS) {
          socket.close(CLOSE_CODES.goingAway, "come back");
        }
      }
    } catch (error) {
      // Sessions cannot be revoked while the database is unreachable.
      if (error instanceof DatabaseUnreachableError) return;
      logger.error("Cannot check the sockets' sessions: {error}", { error: toError(error) });
    }
  }

  const checkOnce = () => checking ??= check().finally(() => checking = null);
  const timer = setInterval(checkOnce, CHECK_MS);
  return {
    watch(socket, credential) {
      watched.set(socket, { credential, since: now() });
      const forget = () => void watched.delete(socket);
      socket.addEventListener("close", forget);
      socket.addEventListener("error", forget);
    },
    check: checkOnce,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await checking;
    },
  };
}
