import { z } from "zod";
import { ROLES } from "../wire/role.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";
import { joinTexts, storable } from "./sql_parameters.ts";
import { unexpired } from "./session_expiry.ts";

const LONGEST_TEXT = 300;

const session = z.object({
  id: z.string(),
  /** The mark of the token that it was opened with. */
  name: z.string(),
  role: z.enum(ROLES),
  tokenMark: z.string(),
  address: z.string(),
  userAgent: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  seenAt: z.number(),
});

/** A browser that is signed in. */
export type StoredSession = z.infer<typeof session>;

const columns = (sql: Sql) =>
  sql`id, name, role, token_mark, address, user_agent, created_at, seen_at`;

/** Stores a new session; its key is known by the digest in hexadecimal. */
export async function openSession(
  sql: Sql,
  keyDigest: string,
  { id, name, role, tokenMark, address, userAgent }: Omit<StoredSession, "createdAt" | "seenAt">,
): Promise<void> {
  const shortAgent = storable(userAgent.slice(0, LONGEST_TEXT));
  await run(() =>
    sql`
      INSERT INTO sessions (id, key_digest, name, role, token_mark, address, user_agent)
      VALUES (
        ${id}, decode(${keyDigest}, 'hex'), ${name}, ${role}, ${tokenMark}, ${address}, ${shortAgent}
      )`
  );
}

const found = session.extend({ rotates: z.boolean() });

/**
 * Returns the session of a key, or null. A rotated key stays valid until a minute after the browser first
 * sent the new one, since requests overtake each other and responses get lost. `rotates`: the key is due for
 * rotation.
 */
export async function findSession(
  sql: Sql,
  keyDigest: string,
  rotateAfterMs: number,
): Promise<z.infer<typeof found> | null> {
  const [row] = await readRows(
    found,
    () =>
      sql`
        WITH given AS (SELECT decode(${keyDigest}, 'hex') AS digest), matched AS MATERIALIZED (
          SELECT sessions.*, key_digest = given.digest AS is_current FROM sessions, given
          WHERE (key_digest = given.digest OR previous_digest = given.digest) AND ${unexpired(sql)}
        ), confirmed AS (
          UPDATE sessions SET confirmed_at = now() FROM matched
          WHERE sessions.id = matched.id AND matched.is_current AND sessions.confirmed_at IS NULL
        ), touched AS (
          UPDATE sessions SET seen_at = now() FROM matched
          WHERE sessions.id = matched.id AND sessions.seen_at < now() - interval '1 minute'
            AND NOT (matched.is_current AND sessions.confirmed_at IS NULL)
        )
        SELECT ${
        columns(sql)
      }, rotated_at < now() - ${rotateAfterMs} * interval '1 millisecond' AS rotates
        FROM matched
        WHERE is_current OR confirmed_at IS NULL OR confirmed_at > now() - interval '1 minute'`,
  );
  return row ?? null;
}

/** Replaces a session's key; returns false if it was replaced in the meantime. */
export async function rotateKey(
  sql: Sql,
  id: string,
  { from, to, rotateAfterMs }: { from: string; to: string; rotateAfterMs: number },
): Promise<boolean> {
  const rows = await run(() =>
    sql`
      UPDATE sessions SET
        previous_digest = decode(${from}, 'hex'), key_digest = decode(${to}, 'hex'),
        rotated_at = now(), confirmed_at = NULL
      WHERE id = ${id} AND rotated_at < now() - ${rotateAfterMs} * interval '1 millisecond'
        AND decode(${from}, 'hex') IN (key_digest, previous_digest)
      RETURNING id`
  );
  return rows.length > 0;
}

/** Returns the live sessions, most recently seen first. */
export async function listSessions(sql: Sql, limit: number): Promise<StoredSession[]> {
  return await readRows(
    session,
    () =>
      sql`
        SELECT ${columns(sql)} FROM sessions WHERE ${unexpired(sql)}
        ORDER BY seen_at DESC, id LIMIT ${limit}`,
  );
}

/** Returns which of these sessions are live. */
export async function livingSessions(sql: Sql, ids: readonly string[]): Promise<StoredSession[]> {
  return await readRows(
    session,
    () =>
      sql`
        SELECT ${columns(sql)} FROM sessions
        WHERE id IN (SELECT string_to_table(${joinTexts([...ids])}, E'\\x1e')) AND ${
        unexpired(sql)
      }`,
  );
}

/** Ends a session; returns it, or null if it had already ended. */
export async function endSession(sql: Sql, id: string): Promise<StoredSession | null> {
  const [ended] = await readRows(
    session,
    () => sql`DELETE FROM sessions WHERE id = ${id} RETURNING ${columns(sql)}`,
  );
  return ended ?? null;
}

/** Deletes the sessions that have exceeded the idle timeout; returns their number. */
export async function deleteIdleSessions(sql: Sql): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () =>
      sql`
        WITH deleted AS (DELETE FROM sessions WHERE NOT (${unexpired(sql)}) RETURNING 1)
        SELECT count(*) AS count FROM deleted`,
  );
  return count;
}
