import { createHash, randomBytes } from "node:crypto";
import type { Sql } from "../database/postgres_client.ts";
import {
  deleteIdleSessions,
  endSession,
  findSession,
  livingSessions,
  openSession,
  rotateKey,
  type StoredSession,
} from "../database/stored_sessions.ts";
import { DatabaseUnreachableError } from "../runtime/errors.ts";
import type { AccessToken } from "./token_roles.ts";
import type { TokenStore } from "./token_store.ts";

/** The age at which a key is rotated. */
const ROTATE_MS = 3_600_000;
/** How long the database's response about a key is cached. */
const FRESH_MS = 2_000;
const MOST_KNOWN = 10_000;

/** A request's session, and the new key when rotation is due. */
export interface FoundSession {
  session: StoredSession;
  newKey: string | null;
}

/** Browser sessions: stored in the database, so that all nodes share them and each can be revoked. */
export interface Sessions {
  /** Opens a session and returns the key for its cookie. */
  open(token: AccessToken, from: { address: string; userAgent: string }): Promise<string>;
  /**
   * Returns the session of a key; null when it has ended or its token has changed. While the database is
   * unreachable, the last known state applies.
   */
  find(key: string): Promise<FoundSession | null>;
  /** Returns the sessions that have not ended. */
  living(ids: readonly string[]): Promise<Set<string>>;
  /** Ends a session: immediately on this node, within seconds on others. Returns null when it had ended. */
  end(id: string): Promise<StoredSession | null>;
  deleteIdle(): Promise<void>;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createSessions(
  { sql, tokens, now = () => performance.now(), rotateMs = ROTATE_MS }: {
    sql: Sql;
    tokens: TokenStore;
    now?: () => number;
    rotateMs?: number;
  },
): Sessions {
  const known = new Map<string, { session: StoredSession; at: number }>();

  function remember(digest: string, session: StoredSession) {
    known.delete(digest);
    known.set(digest, { session, at: now() });
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  function forget(id: string) {
    for (const [digest, { session }] of known) if (session.id === id) known.delete(digest);
  }

  const hasItsToken = ({ id, name, tokenMark }: StoredSession) =>
    tokens.mark(name, id) === tokenMark;

  async function lookUp(key: string, digest: string): Promise<FoundSession | null> {
    const before = known.get(digest);
    if (before !== undefined && now() - before.at < FRESH_MS) {
      return { session: before.session, newKey: null };
    }
    let found: Awaited<ReturnType<typeof findSession>>;
    try {
      found = await findSession(sql, digest, rotateMs);
    } catch (error) {
      if (!(error instanceof DatabaseUnreachableError) || before === undefined) throw error;
      return { session: before.session, newKey: null };
    }
    if (found === null) {
      known.delete(digest);
      return null;
    }
    const { rotates, ...session } = found;
    remember(digest, session);
    return { session, newKey: rotates ? await rotate(session.id, key) : null };
  }

  async function rotate(id: string, key: string): Promise<string | null> {
    const newKey = makeKey();
    const digests = { from: keyDigest(key), to: keyDigest(newKey) };
    return await rotateKey(sql, id, { ...digests, rotateAfterMs: rotateMs }) ? newKey : null;
  }

  return {
    async open({ name, role }, { address, userAgent }) {
      const id = crypto.randomUUID();
      const tokenMark = tokens.mark(name, id);
      if (tokenMark === null) throw new Error(`Cannot open a session: the token ${name} is gone`);
      const key = makeKey();
      await openSession(sql, keyDigest(key), { id, name, role, tokenMark, address, userAgent });
      return key;
    },
    async find(key) {
      if (!/^[\w-]{43}$/.test(key)) return null;
      const found = await lookUp(key, keyDigest(key));
      return found !== null && hasItsToken(found.session) ? found : null;
    },
    async living(ids) {
      const sessions = await livingSessions(sql, ids);
      return new Set(sessions.filter(hasItsToken).map(({ id }) => id));
    },
    async end(id) {
      const ended = await endSession(sql, id);
      forget(id);
      return ended;
    },
    async deleteIdle() {
      await deleteIdleSessions(sql);
    },
  };
}

/** 256 random bits. */
function makeKey(): string {
  return randomBytes(32).toString("base64url");
}

function keyDigest(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
