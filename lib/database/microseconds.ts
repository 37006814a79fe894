import type { Sql } from "./postgres_client.ts";

/** Returns a time as microseconds since the epoch, without loss. */
export function microsecondsOf(sql: Sql, time: ReturnType<Sql>) {
  return sql`(extract(epoch FROM ${time}) * 1000000)::int8`;
}

/** Returns the time of microseconds since the epoch. */
export function atMicrosecond(sql: Sql, microseconds: number) {
  return sql`('epoch'::timestamptz + ${microseconds}::float8 * interval '1 microsecond')`;
}
