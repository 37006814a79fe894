import { z } from "zod";
import { DatabaseUnreachableError } from "../runtime/errors.ts";
import { openClient, type Sql } from "./postgres_client.ts";
import { createRenewableClient } from "./renewable_client.ts";
import { startEmbedded } from "./embedded.ts";
import { onRefusal, readRow, run } from "./query.ts";
import { startEmbeddedMaintenance } from "./embedded_maintenance.ts";

const MAX_CONNECTIONS = 8;
const PING_TIMEOUT_MS = 5_000;
/** The SQLSTATE of a write in a read-only session. */
const READ_ONLY = "25006";
/**
 * The grace period of running queries at shutdown. After an outage the driver always waits this long, for
 * connections that were never established.
 */
const END_TIMEOUT_S = 1;

/**
 * Postgres, a server or embedded: the same SQL through the same driver. Disposing gives running queries a
 * second, and is idempotent.
 */
export interface Database extends AsyncDisposable {
  readonly kind: "postgres" | "embedded";
  readonly sql: Sql;

  /** Throws a `DatabaseUnreachableError` unless Postgres responds within 5 s and accepts writes. */
  ping(): Promise<void>;

  /**
   * Writes a consistent snapshot of the embedded database to a new file: a gzipped tar of its folder. Null for
   * a server, which has its own tools.
   */
  readonly backup: ((file: string) => Promise<void>) | null;

  /**
   * Resolves when the embedded Postgres no longer responds. Its thread cannot be ended, and could still write to the
   * files, so only the end of the process helps. A server's never resolves.
   */
  readonly stalled: Promise<void>;

  /** Runs `work` on a connection without a statement timeout. */
  patiently<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** The location of the database. */
export interface DatabaseOptions {
  /** A Postgres URL; null: the embedded Postgres under `dataDir`. */
  url: string | null;
  dataDir: string;
  /** Called with background errors of the embedded Postgres. */
  onError?: (error: Error) => void;
  /** Called with a sentence while another process uses the embedded Postgres. */
  onWait?: (what: string) => void;
}

/**
 * Connects to a server lazily, or starts the embedded Postgres. Throws if another process uses the embedded
 * one and does not stop.
 */
export async function connectDatabase(
  { url, dataDir, onError = () => {}, onWait = () => {} }: DatabaseOptions,
): Promise<Database> {
  return url === null ? await connectEmbedded(dataDir, { onError, onWait }) : connectServer(url);
}

function connectServer(url: string): Database {
  const client = createRenewableClient(() =>
    openClient({ address: { url }, max: MAX_CONNECTIONS })
  );
  const renewing = onRefusal(client.renew);
  return {
    kind: "postgres",
    sql: client.sql,
    ping: () => ping(client.sql),
    backup: null,
    stalled: new Promise(() => {}),
    async patiently(work) {
      const patient = openClient({ address: { url }, max: 1, patient: true });
      try {
        return await work(patient);
      } finally {
        await patient.end();
      }
    },
    async [Symbol.asyncDispose]() {
      renewing[Symbol.dispose]();
      await client.end({ timeout: END_TIMEOUT_S });
    },
  };
}

async function connectEmbedded(
  dataDir: string,
  { onError, onWait }: Required<Pick<DatabaseOptions, "onError" | "onWait">>,
): Promise<Database> {
  const embedded = await startEmbedded(dataDir, onWait);
  const sql = openClient({ address: { openSocket: embedded.openSocket }, max: 1 });
  const patiently: Database["patiently"] = (work) => embedded.patiently(() => work(sql));
  let backups = 0;
  const maintenance = startEmbeddedMaintenance(patiently, onError);
  let ended: Promise<void> | null = null;
  async function end() {
    await maintenance[Symbol.asyncDispose]();
    await sql.end({ timeout: END_TIMEOUT_S });
    await embedded[Symbol.asyncDispose]();
  }
  return {
    kind: "embedded",
    sql,
    async backup(file) {
      backups++;
      try {
        await embedded.backup(file);
      } finally {
        backups--;
      }
    },
    // Queries wait for a backup, which is no outage.
    ping: () => backups > 0 ? Promise.resolve() : ping(sql),
    stalled: embedded.stalled,
    patiently,
    [Symbol.asyncDispose]: () => ended ??= end(),
  };
}

async function ping(sql: Sql): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DatabaseUnreachableError("Cannot reach Postgres: it does not respond")),
      PING_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([assertWritable(sql), silence]);
  } finally {
    clearTimeout(timer);
  }
}

const session = z.object({ readOnly: z.boolean() });

/** Throws an error like Postgres's own, so that the connections are replaced. */
async function assertWritable(sql: Sql): Promise<void> {
  const { readOnly } = await readRow(
    session,
    () =>
      sql`
        SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean
          AS read_only`,
  );
  if (!readOnly) return;
  const refusal = new Error("it takes no writes");
  await run(() => Promise.reject(Object.assign(refusal, { code: READ_ONLY })));
}
