import postgres from "postgres";
import { openClient } from "../../lib/database/postgres_client.ts";
import { disturb, type Disturbance } from "../support/disturb.ts";
import { byForm } from "../support/fault_form.ts";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const EACH = byForm({ short: 60, long: 300 });
const HOLD_MS = byForm({ short: 1_500, long: 8_000 });
const WITHIN_MS = 60_000;
const MOST_LINES = 20;

const name =
  "whatever is done to PgBouncer, no article fails or is lost, and it recovers by itself";
const test = withServers(hasPgBouncer ? name : `${name} (skipped: PgBouncer is not installed)`);

/** Holds every server session of the pool in a transaction. */
function exhausted(url: string): Disturbance {
  let release = () => {};
  let holding: Promise<unknown> = Promise.resolve();
  return {
    name: "the pool is exhausted",
    begin() {
      const sql = openClient({ address: { url }, max: 10, patient: true });
      const released = Promise.withResolvers<void>();
      release = released.resolve;
      const hold = () =>
        sql.begin(async (one) => {
          await one`SELECT 1`;
          await released.promise;
        });
      holding = Promise.all(Array.from({ length: 10 }, hold)).finally(() => sql.end());
      return Promise.resolve();
    },
    async end() {
      release();
      await holding;
    },
  };
}

Deno.test({
  ...test,
  ignore: test.ignore || !hasPgBouncer,
  async fn() {
    await using cluster = await startTestCluster();
    const { postgres: server, database: { sql } } = cluster;
    await using pooler = await startPgBouncer(server, { postgres: "any" });
    const url = `postgres://postgres:any@127.0.0.1:${pooler.port}/postgres?pgbouncer=true`;
    const admin = postgres(`postgres://postgres:any@127.0.0.1:${pooler.port}/pgbouncer`, {
      fetch_types: false,
      prepare: false,
      max: 1,
    });
    await using _ = { [Symbol.asyncDispose]: () => admin.end() };
    const env = { MILLRACE_POISON: "on", DATABASE_URL: url };
    const nodes = [
      await cluster.startNode("all", env),
      await cluster.startNode("worker", env),
    ] as const;
    const order = (begin: string, end: string): Disturbance => ({
      name: begin,
      begin: () => admin.unsafe(begin).simple(),
      end: () => admin.unsafe(end).simple(),
    });
    const nothing = () => Promise.resolve();
    await disturb([
      exhausted(url),
      order("PAUSE", "RESUME"),
      order("KILL postgres", "RESUME postgres"),
      order("DISABLE postgres", "ENABLE postgres"),
      order("RECONNECT", "SHOW POOLS"),
      {
        name: "its sessions are terminated",
        begin: () =>
          sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE client_addr IS NOT NULL AND pid <> pg_backend_pid()`,
        end: nothing,
      },
      {
        name: "Postgres restarts behind it",
        begin: () => server.kill("SIGINT"),
        end: () => server.start(),
      },
    ], {
      cluster,
      nodes: [...nodes],
      each: EACH,
      holdMs: HOLD_MS,
      withinMs: WITHIN_MS,
      mostLines: MOST_LINES,
    });
  },
});
