import net from "node:net";
import type { Duplex } from "node:stream";
import postgres from "postgres";

/** The driver as this project uses it: int8 are numbers, times are ms since the epoch, days text. */
export type Sql = postgres.Sql<{ int8: number; time: number; day: string }>;

const CONNECT_TIMEOUT_S = 10;
const RECONNECT_DELAY_S = 0.2;
const IDLE_TIMEOUT_S = 30;
const STATEMENT_TIMEOUT_MS = 30_000;

/** Past the statement timeout a living server has answered, so whoever is silent is gone. */
const SILENCE_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5_000;

const TYPES = {
  int8: { to: 20, from: [20], parse: Number, serialize: String },
  time: {
    to: 1184,
    from: [1184],
    parse: (text: string) => Date.parse(text),
    serialize: (ms: number) => new Date(ms).toISOString(),
  },
  day: { to: 1082, from: [1082], parse: String, serialize: String },
};

/** What a client connects to, and how. */
export interface ClientOptions {
  /**
   * A Postgres URL, also in libpq's form `?host=/folder` for Unix sockets; or what opens a connection
   * to the embedded Postgres, which is kept for good and whose statements may take their time.
   */
  address: { url: string } | { openSocket: () => Duplex };
  /** Connections at most; they are opened as needed. */
  max: number;
  /** Whether statements may take as long as they need, as those of a migration. */
  patient?: boolean;
}

/**
 * Makes a client; nothing is opened before the first query. A statement ends after 30 s, a connection
 * over which nothing is heard for 35 s while a query runs is given up.
 */
export function openClient({ address, max, patient = false }: ClientOptions): Sql {
  const options = {
    max,
    types: TYPES,
    transform: { column: { from: postgres.toCamel } },
    // Arrays go in as text and never come out, so the types need not be asked for on each connection.
    fetch_types: false,
    connect_timeout: CONNECT_TIMEOUT_S,
    // The default grows to 20 s, which would be waited for in vain once Postgres is back.
    backoff: () => RECONNECT_DELAY_S,
    idle_timeout: IDLE_TIMEOUT_S,
    max_lifetime: null,
    onnotice: () => {},
    connection: {
      application_name: "millrace",
      TimeZone: "UTC",
      statement_timeout: patient ? 0 : STATEMENT_TIMEOUT_MS,
      // The statements are short and prepared, so compiling them or guessing from stale statistics
      // that a table is still small only loses.
      jit: "off",
      enable_seqscan: "off",
      // What is read often is in memory, where a page out of turn costs little more than the next one.
      random_page_cost: 1.1,
    },
  };
  if ("openSocket" in address) {
    const embedded = { socket: address.openSocket, user: "postgres", idle_timeout: 0 };
    return postgres({ ...options, ...embedded, connection: { application_name: "millrace" } });
  }
  const url = new URL(address.url);
  const folder = url.searchParams.get("host");
  const path = folder && `${folder}/.s.PGSQL.${url.searchParams.get("port") ?? (url.port || 5432)}`;
  for (const name of ["host", "port"]) url.searchParams.delete(name);
  return postgres(url.href, {
    ...options,
    ...(path === null ? {} : { path }),
    ...(patient ? {} : { socket: openSocket }),
  });
}

/** Where the driver wants to connect. */
interface Target {
  path: string | false;
  host: string[];
  port: number[];
}

/** A socket that is connecting and breaks when nothing is heard over it for too long. */
function openSocket({ path, host, port }: Target): net.Socket {
  const socket = new net.Socket();
  socket.setTimeout(SILENCE_TIMEOUT_MS, () => {
    const error = new Error(`Postgres was silent for ${SILENCE_TIMEOUT_MS / 1_000} s`);
    socket.destroy(Object.assign(error, { code: "ETIMEDOUT" }));
  });
  if (path) return socket.connect(path);
  // The driver names the server in its TLS handshake by this property.
  return Object.assign(socket.connect(port[0] ?? 5432, host[0] ?? "localhost"), { host: host[0] });
}
