import { sleep } from "../runtime/sleep.ts";
import type { Sql } from "./postgres_client.ts";

/** The minimum interval of renewals, so that an outage does not cause a connection storm. */
const RENEW_EVERY_MS = 1_000;
/** The grace period of running statements on replaced connections. */
const RETIRE_MS = 5_000;

/** A client whose connections can be replaced while its users keep the same object. */
export interface RenewableClient {
  readonly sql: Sql;
  /**
   * Uses new connections for later statements and ends the old ones: after a failover, a live connection may
   * lead to a read-only server.
   */
  renew(): void;
  /** Ends all connections; running statements have `timeout` seconds. */
  end(options: { timeout: number }): Promise<void>;
}

/** `open` creates a client that connects on first use. `now` returns milliseconds. */
export function createRenewableClient(
  open: () => Sql,
  now: () => number = () => performance.now(),
): RenewableClient {
  let current = open();
  let renewedAt = -Infinity;
  const ending = new Set<Promise<void>>();
  const ended = new AbortController();

  // The driver's client is a function with methods; both are forwarded to the current one.
  const sql: Sql = new Proxy(current, {
    apply: (_, __, args: Parameters<Sql>) => Reflect.apply(current, undefined, args),
    get: (_, name) => Reflect.get(current, name),
  });

  return {
    sql,
    renew() {
      if (now() - renewedAt < RENEW_EVERY_MS) return;
      renewedAt = now();
      const old = current;
      current = open();
      const end = retire(old as Closable, ended.signal).finally(() => ending.delete(end));
      ending.add(end);
    },
    async end(options) {
      // A shutdown does not wait for an unresponsive server on replaced connections.
      ended.abort();
      await Promise.all([current.end(options), ...ending]);
    },
  };
}

/** The driver's types lack `close`, which waits for running statements without a timeout. */
type Closable = Sql & { close(): Promise<void> };

/** Ends a replaced client when its statements are done, after a timeout, or when `signal` aborts. */
async function retire(client: Closable, signal: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const late = sleep(RETIRE_MS, AbortSignal.any([signal, enough.signal]));
  await Promise.race([client.close(), late]);
  enough.abort();
  await client.end({ timeout: 0 });
}
