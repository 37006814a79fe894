/** The time on the database's clock, for machines whose clock may be wrong or change. */
export interface ServerClock {
  /** Milliseconds since the epoch; the machine's time until the server's is known. */
  now(): number;
  /** The clock skew: how far this machine is ahead of the server, in ms; negative: behind; 0: not known. */
  skewMs(): number;
  /**
   * Reads the server's time and sets the clock. The time is assumed to be that of the midpoint
   * between request and response; a response that took longer than `SLOW_MS` is ignored.
   */
  set(askServer: () => Promise<number>): Promise<void>;
}

/** A slower response is too imprecise about when the server read its clock. */
const SLOW_MS = 2_000;

export interface ServerClockOptions {
  /** This machine's time. */
  wall?: () => number;
  /** Milliseconds of a monotonic clock. */
  steady?: () => number;
}

export function createServerClock(
  { wall = Date.now, steady = () => performance.now() }: ServerClockOptions = {},
): ServerClock {
  /** The server's time when `steady` was 0. */
  let origin: number | null = null;
  const now = () => origin === null ? wall() : Math.round(origin + steady());
  return {
    now,
    skewMs: () => Math.round(wall() - now()),
    async set(askServer) {
      const sentAt = steady();
      const time = await askServer();
      const took = steady() - sentAt;
      if (took <= SLOW_MS || origin === null) origin = time - (sentAt + took / 2);
    },
  };
}
