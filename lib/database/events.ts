import { z } from "zod";
import type { Actor } from "../wire/actor.ts";
import { AUDIT_KINDS, type AuditEntry, type AuditEvent, auditEvent } from "../wire/audit_event.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** Names and subjects are external input, so they are truncated. */
const LONGEST_TEXT = 500;

/** An event to be appended. */
export interface NewEvent {
  entry: AuditEntry;
  result: AuditEvent["result"];
  actor: Actor;
  node: string;
  requestId: string | null;
  /** Its age in ms; the time is derived from the database's clock. */
  ageMs: number;
  /** A deduplication key: only the first event with it is appended. */
  once: string | null;
}

/** Appends events atomically. */
export async function appendEvents(sql: Sql, events: readonly NewEvent[]): Promise<void> {
  const rows = JSON.stringify(
    events.map(({ entry, actor, requestId, ageMs, ...rest }) => ({
      kind: entry.kind,
      subject: entry.subject,
      counts: entry.counts,
      actor: actor.name,
      role: actor.role,
      address: actor.address,
      request_id: requestId,
      age_ms: ageMs,
      ...rest,
    })),
    (_, value) => typeof value === "string" ? storableText(value) : value,
  );
  await run(() =>
    sql`
      INSERT INTO events (at, kind, result, actor, role, address, node, subject, counts, request_id, once)
      SELECT
        date_trunc('milliseconds', clock_timestamp() - age_ms * interval '1 millisecond'),
        kind, result, actor, role, address, node, subject, counts, request_id, once
      FROM jsonb_to_recordset((${rows}::text)::jsonb) AS given (
        kind text, result text, actor text, role text, address text, node text, subject text,
        counts jsonb, request_id text, once text, age_ms double precision
      )
      ON CONFLICT (once) DO NOTHING`
  );
}

function storableText(text: string): string {
  return storable(text.slice(0, LONGEST_TEXT));
}

/** A filter of events; all given conditions must hold. */
export interface EventFilter {
  kinds?: readonly AuditEvent["kind"][] | undefined;
  /** The actor's name. */
  actor?: string | undefined;
  node?: string | undefined;
  /** In ms since the epoch: inclusive start and exclusive end. */
  since?: number | undefined;
  until?: number | undefined;
}

/** Events, newest first; `cursor` is that of the next page, or null. */
export interface EventPage {
  events: AuditEvent[];
  cursor: number | null;
}

const row = z.object({
  id: z.number(),
  at: z.number(),
  kind: z.string(),
  result: z.string(),
  actor: z.string(),
  role: z.string().nullable(),
  address: z.string().nullable(),
  node: z.string(),
  subject: z.string().nullable(),
  counts: z.record(z.string(), z.number()),
  requestId: z.string().nullable(),
}).transform(({ actor: name, role, address, requestId, ...rest }) => ({
  ...rest,
  actor: { name, role, address },
  request_id: requestId,
})).pipe(auditEvent);

/**
 * Lists at most `limit` events before the one with the id `cursor`, newest first. Skips kinds of newer
 * versions.
 */
export async function listEvents(
  sql: Sql,
  filter: EventFilter,
  { cursor, limit }: { cursor: number | null; limit: number },
): Promise<EventPage> {
  const { kinds, actor, node, since, until } = filter;
  const known = kinds ?? AUDIT_KINDS;
  const selected = (kind: ReturnType<Sql>) =>
    sql`
      SELECT id, at, kind, result, actor, role, address, node, subject, counts, request_id
      FROM events WHERE ${kind}
        ${actor === undefined ? sql`` : sql`AND actor = ${actor}`}
        ${node === undefined ? sql`` : sql`AND node = ${node}`}
        ${since === undefined ? sql`` : sql`AND at >= ${since}::timestamptz`}
        ${until === undefined ? sql`` : sql`AND at < ${until}::timestamptz`}
        ${
      cursor === null ? sql`` : sql`AND (at, id) < (SELECT at, id FROM events WHERE id = ${cursor})`
    }
      ORDER BY at DESC, id DESC LIMIT ${limit}`;
  const names = `{${known.join(",")}}`;
  // An index leads with the kind: a rare kind is found without scanning the others.
  const byKind = kinds !== undefined && actor === undefined && node === undefined;
  const events = await readRows(row, () =>
    byKind
      ? sql`
        SELECT found.* FROM unnest(${names}::text[]) AS wanted (kind)
        CROSS JOIN LATERAL (${selected(sql`events.kind = wanted.kind`)}) AS found
        ORDER BY at DESC, id DESC LIMIT ${limit}`
      : selected(sql`kind = ANY(${names}::text[])`));
  const last = events.length === limit ? events.at(-1) : undefined;
  return { events, cursor: last?.id ?? null };
}

const EXPORT_PAGE = 1_000;

/** Yields all matching events, newest first, reading in pages. */
export async function* exportEvents(sql: Sql, filter: EventFilter): AsyncGenerator<AuditEvent> {
  let cursor: number | null = null;
  do {
    const page: EventPage = await listEvents(sql, filter, { cursor, limit: EXPORT_PAGE });
    yield* page.events;
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Deletes at most `limit` events that are older than a number of days; returns their number. */
export async function deleteOldEvents(sql: Sql, days: number, limit: number): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () =>
      sql`
        WITH deleted AS (
          DELETE FROM events WHERE id IN (
            SELECT id FROM events WHERE at < now() - ${days} * interval '1 day'
            ORDER BY at, id LIMIT ${limit}
          ) RETURNING 1
        ) SELECT count(*) AS count FROM deleted`,
  );
  return count;
}
