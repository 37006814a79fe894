/** The result of one check. */
export interface Finding {
  /** `wrong`: a node does not start, or loses speed or data; `doubtful`: it works, but needs attention. */
  verdict: "right" | "doubtful" | "wrong";
  /** The subject, such as `Redis: memory`. */
  subject: string;
  /** The finding. */
  found: string;
  /** The remedy, a sentence; null if none is needed. */
  remedy: string | null;
}

export function right(subject: string, found: string): Finding {
  return { verdict: "right", subject, found, remedy: null };
}

export function doubtful(subject: string, found: string, remedy: string): Finding {
  return { verdict: "doubtful", subject, found, remedy };
}

export function wrong(subject: string, found: string, remedy: string): Finding {
  return { verdict: "wrong", subject, found, remedy };
}

/** The allowed clock skew. */
const TOLERATED_MS = 3_000;

/** Checks the clock skew between a server and this machine; `at` is the server's time, ms since the epoch. */
export function checkClock(subject: string, at: number): Finding {
  const off = Math.round((Date.now() - at) / 1_000);
  if (Math.abs(off) * 1_000 <= TOLERATED_MS) return right(subject, "agrees with this machine's");
  return doubtful(
    subject,
    `this machine's clock is ${Math.abs(off)} s ${off > 0 ? "ahead of" : "behind"} it`,
    "Millrace goes by the servers' clocks; set them all by NTP, so that logs agree",
  );
}
