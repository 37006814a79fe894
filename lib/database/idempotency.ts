import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** The TTL of a stored response, and of a request in progress. */
const REMEMBERED = "1 day";
const UNDER_WAY = "5 minutes";

const kept = z.object({
  request: z.string(),
  status: z.number().nullable(),
  /** The response's JSON, and its headers; null: an older version stored `response` alone. */
  body: z.string().nullable(),
  headers: z.record(z.string(), z.string()).nullable(),
  response: z.unknown(),
});

/** A stored request with a key; `status` is null while it is in progress. */
export type KeptRequest = z.infer<typeof kept>;

/**
 * Claims a key for a request atomically: returns null if claimed, else the stored request.
 */
export async function takeKey(sql: Sql, key: string, request: string): Promise<KeptRequest | null> {
  await run(() =>
    sql`
      DELETE FROM idempotency_keys
      WHERE created_at < now() - ${REMEMBERED}::interval
        OR (status IS NULL AND created_at < now() - ${UNDER_WAY}::interval)`
  );
  const taken = await readRows(
    z.object({ key: z.string() }),
    () =>
      sql`
        INSERT INTO idempotency_keys (key, request) VALUES (${storable(key)}, ${request})
        ON CONFLICT DO NOTHING RETURNING key`,
  );
  if (taken.length > 0) return null;
  const [found] = await readRows(
    kept,
    () =>
      sql`SELECT request, status, body, headers, response FROM idempotency_keys WHERE key = ${
        storable(key)
      }`,
  );
  return found ?? { request, status: null, body: null, headers: null, response: null };
}

/** Stores the response to a request, which has JSON as its `body`; also as older versions read it. */
export async function keepResponse(
  sql: Sql,
  key: string,
  { status, headers, body }: { status: number; headers: Record<string, string>; body: string },
): Promise<void> {
  await run(() =>
    sql`
      UPDATE idempotency_keys
      SET status = ${status}, response = (${body}::text)::jsonb,
        body = ${body}, headers = (${JSON.stringify(headers)}::text)::jsonb
      WHERE key = ${storable(key)}`
  );
}

/** Releases a key, since the request had no effect. */
export async function releaseKey(sql: Sql, key: string): Promise<void> {
  await run(() => sql`DELETE FROM idempotency_keys WHERE key = ${storable(key)}`);
}
