import { TABLES } from "../../lib/database/prerequisites.ts";
import { openClient, type Sql } from "../../lib/database/postgres_client.ts";
import { disturb, type Disturbance } from "../support/disturb.ts";
import { byForm, longForm } from "../support/fault_form.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";

const EACH = byForm({ short: 60, long: 300 });
const HOLD_MS = byForm({ short: 800, long: 5_000 });
const WITHIN_MS = 60_000;
const MOST_LINES = 20;

function statements(sql: Sql, name: string, begin: string, end: string): Disturbance {
  return { name, begin: () => sql.unsafe(begin), end: () => sql.unsafe(end) };
}

/** Repeats a statement until the end. */
function repeated(sql: Sql, name: string, statement: string): Disturbance {
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    name,
    begin: () => {
      timer = setInterval(() => void sql.unsafe(statement).catch(() => {}), 100);
      return Promise.resolve();
    },
    end: () => Promise.resolve(clearInterval(timer)),
  };
}

/** Holds a lock on a table. */
function locked(url: string, table: string): Disturbance {
  let release = () => {};
  let holding: Promise<unknown> = Promise.resolve();
  return {
    name: `LOCK ${table}`,
    async begin() {
      const sql = openClient({ address: { url }, max: 1, patient: true });
      const held = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      release = released.resolve;
      holding = sql.begin(async (lock) => {
        await lock.unsafe(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
        held.resolve();
        await released.promise;
      }).finally(() => sql.end());
      await held.promise;
    },
    async end() {
      release();
      await holding;
    },
  };
}

const END_SESSIONS = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE usename = 'millrace' AND pid <> pg_backend_pid()`;

/** A rule for every row, which an operator adds: a trigger that raises an error before a kind of statement. */
const rule = (sql: Sql, kind: string, table: string) =>
  statements(
    sql,
    `a trigger that refuses each ${kind} of ${table}`,
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no % of %', TG_OP, TG_TABLE_NAME; END $$;
    CREATE TRIGGER refuse BEFORE ${kind} ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`,
    "DROP FUNCTION refuse CASCADE",
  );

/** Kills the process of a session; then Postgres ends all of them, and recovers from its log. */
const crash = (sql: Sql): Disturbance => ({
  name: "a session killed by the system",
  async begin() {
    const [{ pid } = { pid: 0 }] = await sql<{ pid: number }[]>`
      SELECT pid FROM pg_stat_activity WHERE usename = 'millrace' LIMIT 1`;
    Deno.kill(pid, "SIGKILL");
  },
  end: () => Promise.resolve(),
});

/** Locks rows in another order than the nodes, over and over. */
function deadlocks(url: string): Disturbance {
  let goesOn = true;
  let locking: Promise<void> = Promise.resolve();
  async function lock() {
    const sql = openClient({ address: { url }, max: 1, patient: true });
    while (goesOn) {
      await sql.begin(async (foreign) => {
        const rows = await foreign<{ id: number }[]>`
          SELECT article_id AS id FROM article_states
          WHERE state IN ('pending', 'retry') ORDER BY article_id DESC LIMIT 50`;
        for (const { id } of rows) {
          await foreign`SELECT FROM article_states WHERE article_id = ${id} FOR UPDATE`;
        }
      }).catch(() => {});
    }
    await sql.end();
  }
  return {
    name: "deadlocks with another program",
    begin: () => {
      goesOn = true;
      locking = lock();
      return Promise.resolve();
    },
    end: () => {
      goesOn = false;
      return locking;
    },
  };
}

/** The statements of an operator, as a superuser. */
function disturbances(sql: Sql, url: string): Disturbance[] {
  const does = (name: string, begin: string, end: string) => statements(sql, name, begin, end);
  const role = (option: string, undo: string) =>
    does(
      `ALTER ROLE ${option}`,
      `ALTER ROLE millrace ${option}; ${END_SESSIONS}`,
      `ALTER ROLE millrace ${undo}; ${END_SESSIONS}`,
    );
  const setting = (name: string, value: string): Disturbance => ({
    name: `${name} = ${value}`,
    async begin() {
      await sql.unsafe(`ALTER SYSTEM SET ${name} = '${value}'`);
      await sql`SELECT pg_reload_conf()`;
    },
    async end() {
      await sql.unsafe(`ALTER SYSTEM RESET ${name}`);
      await sql`SELECT pg_reload_conf()`;
    },
  });
  const renamed = (what: string, from: string, to: string) =>
    does(
      `${what} ${from} renamed`,
      `ALTER ${what} ${from} RENAME TO ${to.replace(/\(.*/, "")}`,
      `ALTER ${what} ${to} RENAME TO ${from.replace(/\(.*/, "")}`,
    );
  const revoked = (what: string, name: string) =>
    does(
      `REVOKE ON ${name}`,
      `REVOKE ALL ON ${what} ${name} FROM millrace`,
      `GRANT ALL ON ${what} ${name} TO millrace`,
    );
  const hidden = (table: string) =>
    does(
      `row-level security of ${table}`,
      `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY`,
    );
  const exhausted = (sequence: string) =>
    does(
      `${sequence} exhausted`,
      `DO $$ BEGIN
        EXECUTE format('ALTER SEQUENCE ${sequence} MAXVALUE %s', (SELECT last_value FROM ${sequence}));
      END $$`,
      `ALTER SEQUENCE ${sequence} NO MAXVALUE`,
    );
  const quick = [
    renamed("SCHEMA", "public", "away"),
    does(
      "a column dropped",
      "ALTER TABLE attempts DROP COLUMN stack",
      "ALTER TABLE attempts ADD COLUMN stack text",
    ),
    does(
      "a type changed",
      "ALTER TABLE article_states ALTER COLUMN tries TYPE bigint",
      "ALTER TABLE article_states ALTER COLUMN tries TYPE integer",
    ),
    does(
      "an index dropped",
      "DROP INDEX titles_once_per_group",
      `CREATE UNIQUE INDEX titles_once_per_group ON titles (group_id, (md5(title)::uuid))
        WHERE NOT repeats`,
    ),
    does("VACUUM FULL", "VACUUM FULL", "SELECT 1"),
    locked(url, "article_states"),
    repeated(sql, "pg_terminate_backend", END_SESSIONS),
    setting("default_transaction_read_only", "on"),
    setting("idle_session_timeout", "50ms"),
    role("CONNECTION LIMIT 2", "CONNECTION LIMIT -1"),
    revoked("TABLE", "contents"),
    revoked("TABLE", "log_lines"),
    revoked("SEQUENCE", "outbox_id_seq"),
    rule(sql, "UPDATE", "article_states"),
    hidden("system_settings"),
    exhausted("contents_id_seq"),
    deadlocks(url),
    crash(sql),
  ];
  if (!longForm) return quick;
  return [
    ...quick,
    renamed("TABLE", "titles", "away"),
    renamed("TABLE", "original_articles", "away"),
    renamed("SEQUENCE", "batch_ids", "away"),
    renamed("FUNCTION", "failure_label(text, text)", "away(text, text)"),
    does(
      "a column renamed",
      "ALTER TABLE article_states RENAME COLUMN tries TO away",
      "ALTER TABLE article_states RENAME COLUMN away TO tries",
    ),
    does("REINDEX", "REINDEX DATABASE postgres", "ANALYZE"),
    // Longer than the statement timeout.
    { ...locked(url, "article_states"), holdMs: 40_000 },
    ...["original_articles", "outbox", "processor_tally", "log_lines"]
      .map((table) => locked(url, table)),
    repeated(sql, "pg_cancel_backend", END_SESSIONS.replace("terminate", "cancel")),
    setting("idle_in_transaction_session_timeout", "1ms"),
    setting("lock_timeout", "1ms"),
    setting("temp_file_limit", "0"),
    role("NOLOGIN", "LOGIN"),
    role("CONNECTION LIMIT 0", "CONNECTION LIMIT -1"),
    role("SET statement_timeout = 1", "RESET statement_timeout"),
    role("SET search_path = nowhere", "RESET search_path"),
    role("SET client_encoding = 'LATIN1'", "RESET client_encoding"),
    role(
      "SET default_transaction_isolation = 'serializable'",
      "RESET default_transaction_isolation",
    ),
    does(
      "connections forbidden",
      `UPDATE pg_database SET datallowconn = false WHERE datname = 'postgres'; ${END_SESSIONS}`,
      "UPDATE pg_database SET datallowconn = true WHERE datname = 'postgres'",
    ),
    does(
      "a constraint that every row violates",
      "ALTER TABLE titles ADD CONSTRAINT never CHECK (false) NOT VALID",
      "ALTER TABLE titles DROP CONSTRAINT never",
    ),
    // Commits wait for a standby that does not exist.
    { ...setting("synchronous_standby_names", "none"), holdMs: 9_000 },
    rule(sql, "INSERT", "contents"),
    rule(sql, "INSERT", "attempts"),
    rule(sql, "UPDATE", "processor_tally"),
    rule(sql, "INSERT", "outbox"),
    rule(sql, "DELETE", "outbox"),
    ...["article_states", "original_articles", "titles", "outbox"].map(hidden),
    exhausted("original_articles_id_seq"),
    exhausted("batch_ids"),
    ...TABLES.map((table) => revoked("TABLE", table)),
    ...["batch_ids", "original_articles_id_seq", "contents_id_seq"]
      .map((name) => revoked("SEQUENCE", name)),
  ];
}

Deno.test({
  ...withServers(
    "whatever is done to Postgres, no article fails or is lost, and it recovers by itself",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const { postgres } = cluster;
    const sql = openClient({ address: { url: postgres.url }, max: 2, patient: true });
    await using _ = { [Symbol.asyncDispose]: () => sql.end() };
    await sql`SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE`;
    await sql`CREATE ROLE millrace LOGIN`;
    await sql`ALTER DATABASE postgres OWNER TO millrace`;
    await sql`ALTER SCHEMA public OWNER TO millrace`;
    const env = {
      MILLRACE_POISON: "on",
      DATABASE_URL: postgres.url.replace("postgres@", "millrace@"),
    };
    const nodes = [
      await cluster.startNode("all", env),
      await cluster.startNode("worker", env),
    ] as const;
    const all = disturbances(sql, postgres.url);
    await disturb(all, {
      cluster,
      nodes: [...nodes],
      each: EACH,
      holdMs: HOLD_MS,
      withinMs: WITHIN_MS,
      mostLines: MOST_LINES,
    });
  },
});
