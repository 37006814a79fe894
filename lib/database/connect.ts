import { DatabaseUnreachableError } from "../runtime/errors.ts";
import { openClient, type Sql } from "./client.ts";
import { startEmbedded } from "./embedded.ts";
import { run } from "./query.ts";
import { startUpkeep } from "./upkeep.ts";

const MAX_CONNECTIONS = 8;
const PING_TIMEOUT_MS = 5_000;
/**
 * How long a query may take that runs when all else has stopped. After an outage the driver waits this
 * out in any case, for connections that were never made.
 */
const END_TIMEOUT_S = 1;

/**
 * Postgres, a server's or the embedded one: the same SQL through the same driver. To dispose of it gives
 * queries under way a second, and may be done twice.
 */
export interface Database extends AsyncDisposable {
  readonly kind: "postgres" | "embedded";
  readonly sql: Sql;

  /** Throws a `DatabaseUnreachableError` unless Postgres answers within 5 s. */
  ping(): Promise<void>;

  /** Runs `work` on a connection whose statements may take as long as they need. */
  patiently<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** Where the database is. */
export interface DatabaseOptions {
  /** A Postgres URL; null: the embedded Postgres under `dataDir`. */
  url: string | null;
  dataDir: string;
  /** Told of what the embedded Postgres cannot do for itself in the background. */
  onError?: (error: Error) => void;
}

/**
 * Connects to a server, which need not be there yet: its first query says so. The embedded Postgres is
 * started, and refused with a sentence when another process has it.
 */
export async function connectDatabase(
  { url, dataDir, onError = () => {} }: DatabaseOptions,
): Promise<Database> {
  return url === null ? await connectEmbedded(dataDir, onError) : connectServer(url);
}

function connectServer(url: string): Database {
  const sql = openClient({ address: { url }, max: MAX_CONNECTIONS });
  return {
    kind: "postgres",
    sql,
    ping: () => ping(sql),
    async patiently(work) {
      const client = openClient({ address: { url }, max: 1, patient: true });
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    [Symbol.asyncDispose]: () => sql.end({ timeout: END_TIMEOUT_S }),
  };
}

async function connectEmbedded(
  dataDir: string,
  onError: (error: Error) => void,
): Promise<Database> {
  const embedded = await startEmbedded(dataDir);
  const sql = openClient({ address: { openSocket: embedded.openSocket }, max: 1 });
  const upkeep = startUpkeep(sql, onError);
  let ended: Promise<void> | null = null;
  async function end() {
    await upkeep[Symbol.asyncDispose]();
    await sql.end({ timeout: END_TIMEOUT_S });
    await embedded[Symbol.asyncDispose]();
  }
  return {
    kind: "embedded",
    sql,
    ping: () => ping(sql),
    patiently: (work) => work(sql),
    [Symbol.asyncDispose]: () => ended ??= end(),
  };
}

async function ping(sql: Sql): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DatabaseUnreachableError("Cannot reach Postgres: it does not answer")),
      PING_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([run(() => sql`SELECT 1`), silence]);
  } finally {
    clearTimeout(timer);
  }
}
