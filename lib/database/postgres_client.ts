import net from "node:net";
import type { Duplex } from "node:stream";
import postgres from "postgres";
import {
  parsePostgresAddress,
  type PostgresAddress,
  type PostgresTls,
} from "../runtime/postgres_address.ts";

/** The driver with this project's types: int8 as numbers, times as ms since the epoch, dates as text. */
export type Sql = postgres.Sql<DriverTypes>;

/** A client or a transaction. */
export type Statements = postgres.ISql<DriverTypes>;

type DriverTypes = { int8: number; time: number; day: string };

const CONNECT_TIMEOUT_S = 10;
const RECONNECT_DELAY_S = 0.2;
const IDLE_TIMEOUT_S = 30;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Millrace itself holds locks for milliseconds; a longer wait is for another program, and an outage. */
const LOCK_TIMEOUT_MS = 10_000;

/** A live server responds within the statement timeout, so a silent connection is dead. */
const SILENCE_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

const TYPES = {
  int8: { to: 20, from: [20], parse: Number, serialize: String },
  time: {
    to: 1184,
    from: [1184],
    parse: (text: string) => Date.parse(text),
    serialize: timeText,
  },
  day: { to: 1082, from: [1082], parse: String, serialize: String },
};

/**
 * Returns the text of a time. An invalid one becomes text that Postgres rejects: the driver's connection hangs
 * forever if a serializer throws while another query is running.
 */
function timeText(ms: number): string {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? `${ms} ms` : time.toISOString();
}

/** The options of a client. */
export interface ClientOptions {
  /**
   * A Postgres URL for `parsePostgresAddress`; or a function that opens the connection to the embedded
   * Postgres, which is permanent and has no statement timeout.
   */
  address: { url: string } | { openSocket: () => Duplex };
  /** The maximum number of connections, which are opened on demand. */
  max: number;
  /** Whether statements have no timeout, as in migrations. */
  patient?: boolean;
}

/**
 * Creates a client that connects with its first query. Statements time out after 30 s, or after 10 s of waiting for a
 * lock; a connection without data for 35 s during a query is closed.
 */
export function openClient({ address, max, patient = false }: ClientOptions): Sql {
  const options = {
    max,
    types: TYPES,
    transform: { column: { from: postgres.toCamel } },
    // Arrays are sent as text and never received, so their types need not be fetched on each connection.
    fetch_types: false,
    connect_timeout: CONNECT_TIMEOUT_S,
    // The default backoff grows to 20 s, which would delay the recovery after an outage.
    backoff: () => RECONNECT_DELAY_S,
    idle_timeout: IDLE_TIMEOUT_S,
    max_lifetime: null,
    onnotice: () => {},
  };
  if ("openSocket" in address) {
    const embedded = { socket: address.openSocket, user: "postgres", idle_timeout: 0 };
    return postgres({ ...options, ...embedded, connection: { application_name: "millrace" } });
  }
  const place = parsePostgresAddress(address.url);
  const driver = {
    ...options,
    host: place.hosts.map(({ host, port }) => `${host}:${port}`).join(",") || "localhost",
    ...(place.path === null ? {} : { path: place.path }),
    ...(place.user === null ? {} : { user: place.user }),
    ...(place.password === null ? {} : { password: place.password }),
    ...(place.database === null ? {} : { database: place.database }),
    ...(place.tls === null ? {} : { ssl: tlsOptions(place.tls) }),
    ...(place.hosts.length > 1 ? { target_session_attrs: "read-write" as const } : {}),
    // A pooler gives each transaction another session, so prepared statements do not persist.
    prepare: !place.pooled,
    connection: {
      ...place.parameters,
      application_name: "millrace",
      ...(place.pooled ? {} : sessionParameters(patient)),
    },
    socket: socketOpener(place, patient),
  };
  return postgres(driver);
}

/** Session parameters. A pooler rejects them; there they are set for the role. */
function sessionParameters(patient: boolean) {
  return {
    TimeZone: "UTC",
    // The types above parse times in this format.
    DateStyle: "ISO",
    // A policy that hides rows makes statements fail: articles would seem to be missing, and settings to be unset.
    row_security: "off",
    statement_timeout: patient ? 0 : STATEMENT_TIMEOUT_MS,
    lock_timeout: patient ? 0 : LOCK_TIMEOUT_MS,
    // The statements are short and prepared, so JIT compilation and plans from stale statistics of small tables
    // only cost time.
    jit: "off",
    enable_seqscan: "off",
    // Hot data is in memory, where random access costs little more than sequential access.
    random_page_cost: 1.1,
  };
}

function tlsOptions({ mode, rootCert, cert, key }: PostgresTls) {
  if (mode === "prefer") return "prefer" as const;
  const read = (file: string | null) => file === null ? undefined : Deno.readTextFileSync(file);
  return {
    ca: read(rootCert),
    cert: read(cert),
    key: read(key),
    rejectUnauthorized: mode !== "require",
    ...(mode === "verify-ca" ? { checkServerIdentity: () => undefined } : {}),
  };
}

/** Returns a function that opens a client's sockets: to the last good host, after a loss to the next one. */
function socketOpener({ path, hosts }: PostgresAddress, patient: boolean): () => net.Socket {
  let turn = 0;
  return () => {
    const socket = openSocket(patient);
    if (path !== null) return socket.connect(path);
    const mine = turn;
    const { host, port } = hosts[mine % hosts.length]!;
    socket.once("close", () => {
      if (turn === mine) turn++;
    });
    // The driver uses this property for SNI.
    return Object.assign(socket.connect(port, host), { host });
  };
}

/** Opens a socket with an idle timeout, unless `patient`. */
function openSocket(patient: boolean): net.Socket {
  const socket = new net.Socket();
  if (patient) return socket;
  socket.setTimeout(SILENCE_TIMEOUT_MS, () => {
    const error = new Error(`Postgres was silent for ${SILENCE_TIMEOUT_MS / 1_000} s`);
    socket.destroy(Object.assign(error, { code: "ETIMEDOUT" }));
  });
  return socket;
}
