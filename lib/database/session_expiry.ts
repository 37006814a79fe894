import type { Sql } from "./postgres_client.ts";

/** The idle timeout of a session. */
export const IDLE_DAYS = 7;

/** The condition that a row of `sessions` has not expired, by the database's clock. */
export const unexpired = (sql: Sql) => sql`seen_at > now() - ${IDLE_DAYS} * interval '1 day'`;
