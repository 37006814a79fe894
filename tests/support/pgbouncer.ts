import { freePort, type TestPostgres } from "./postgres.ts";

const BINARY = "/usr/sbin/pgbouncer";

/** Whether this machine can run PgBouncer. */
export const hasPgBouncer = await Deno.stat(BINARY).then(() => true, () => false);

/** A PgBouncer in transaction mode in front of a server, with the defaults of its distribution. */
export interface PgBouncer extends AsyncDisposable {
  readonly port: number;
}

/**
 * `users` are names and passwords of the clients. The pool is small, so that clients share server sessions.
 */
export async function startPgBouncer(
  postgres: TestPostgres,
  users: Record<string, string>,
): Promise<PgBouncer> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-pgbouncer-" });
  await Deno.chmod(folder, 0o755);
  const port = freePort();
  const list = Object.entries(users).map(([name, password]) =>
    `"${name}" "${password.replaceAll('"', '""')}"\n`
  );
  await Deno.writeTextFile(`${folder}/users`, list.join(""));
  await Deno.writeTextFile(
    `${folder}/pgbouncer.ini`,
    [
      "[databases]",
      `* = host=127.0.0.1 port=${postgres.port}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = plain",
      `auth_file = ${folder}/users`,
      "pool_mode = transaction",
      `admin_users = ${Object.keys(users).join(", ")}`,
      "default_pool_size = 3",
      "",
    ].join("\n"),
  );
  const asUser = Deno.uid() === 0 ? ["-u", "postgres"] : [];
  const process = new Deno.Command(BINARY, {
    args: ["-q", ...asUser, `${folder}/pgbouncer.ini`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  for (;;) {
    try {
      (await Deno.connect({ port })).close();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    port,
    async [Symbol.asyncDispose]() {
      process.kill("SIGKILL");
      await process.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
