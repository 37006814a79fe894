/**
 * The meaning of an SQLSTATE. `data`: the statement's values are rejected, which counts as the
 * article's failure if harmless ones are stored. `again`: a conflict with a concurrent statement, retried immediately. `outage`: the server
 * refuses regardless of the values; the connections are dropped and the call is retried. `unexplained`:
 * an outage, unless only this article is refused repeatedly while others are stored.
 */
export type SqlVerdict = "data" | "again" | "outage" | "unexplained";

/** A class of SQLSTATEs: the first two characters. */
export interface SqlClass {
  verdict: SqlVerdict;
  meaning: string;
}

/** The known classes. Any other is `unexplained`. */
export const SQL_CLASSES = {
  "08": { verdict: "outage", meaning: "the connection failed" },
  "22": { verdict: "data", meaning: "a value cannot be stored" },
  "23": { verdict: "data", meaning: "a constraint is violated" },
  "25": { verdict: "outage", meaning: "the server is read-only (25006, after a failover)" },
  "28": { verdict: "outage", meaning: "the user or the password is rejected" },
  "40": { verdict: "again", meaning: "serialization failure or deadlock" },
  "53": { verdict: "outage", meaning: "the disk, the memory or the connections are used up" },
  "54": { verdict: "data", meaning: "a value is larger than the server allows" },
  "55": { verdict: "outage", meaning: "an object is locked for 10 s, or in the wrong state" },
  "57": { verdict: "outage", meaning: "the server shuts down, starts, or ended the statement" },
  "58": { verdict: "outage", meaning: "the server's files or system calls fail" },
} as const satisfies Record<string, SqlClass>;

const SQL_STATE = /^[0-9A-Z]{5}$/;

/** Error codes of the driver and of the network: the server did not respond. */
const UNREACHABLE =
  /^(CONNECT(ION)?_|E[A-Z]{3}|EAI_|ERR_(SSL|TLS|SOCKET)|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|SASL_|AUTH_)/;

/** Returns the meaning of an error code; null when it is neither the server's nor the network's. */
export function sqlVerdict(code: string): SqlVerdict | null {
  // Names such as EPIPE look like an SQLSTATE, but no class starts with E.
  if (UNREACHABLE.test(code)) return "outage";
  if (!SQL_STATE.test(code)) return null;
  const classes: Record<string, SqlClass> = SQL_CLASSES;
  return classes[code.slice(0, 2)]?.verdict ?? "unexplained";
}
