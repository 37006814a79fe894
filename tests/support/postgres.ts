import { join } from "node:path";

/** A Postgres server; disposing it stops it. */
export interface TestPostgres extends AsyncDisposable {
  /** Connects over a Unix socket. */
  readonly url: string;
  /** The TCP port, for proxies. */
  readonly port: number;
  /** Kills the server, by default with SIGKILL. */
  kill(signal?: "SIGKILL" | "SIGINT" | "SIGTERM"): Promise<void>;
  /** Restarts it with the same data and addresses. */
  start(): Promise<void>;
}

const binaries = findBinaries();

/** Whether this machine can run Postgres. */
export const hasPostgres = binaries !== null;

/**
 * For `Deno.test({ ...withPostgres(name), fn })`: skips the test without Postgres, with the reason in its
 * name.
 */
export function withPostgres(name: string): { name: string; ignore: boolean } {
  return {
    name: hasPostgres ? name : `${name} (skipped: Postgres is not installed)`,
    ignore: !hasPostgres,
  };
}

export interface PostgresOptions {
  fsync?: boolean;
  settings?: Record<string, string>;
  /** Additional environment variables, such as a shifted clock. */
  env?: Record<string, string>;
  /** The server to replicate, as a standby; by default the server is independent, and has fresh data. */
  standbyOf?: TestPostgres;
}

/** Runs a client program of Postgres, such as `pg_dump`. */
export async function runPostgresTool(name: string, args: string[]): Promise<void> {
  await command([join(binaries ?? "", name), ...args]);
}

/** Starts a server with fresh data in a temporary folder. `fsync` is slow, and off by default. */
export async function startPostgres(
  { fsync = false, settings = {}, env = {}, standbyOf }: PostgresOptions = {},
): Promise<TestPostgres> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-postgres-" });
  const data = join(folder, "data");
  if (standbyOf === undefined) {
    await command(["cp", "-a", "--reflink=auto", await template(), data]);
  } else {
    const from = ["-d", standbyOf.url, "-D", data, "-R", "-c", "fast", "--no-sync"];
    await runPostgresTool("pg_basebackup", from);
  }
  await giveToServer(folder);
  const port = freePort();
  const args = ["-D", data, "-k", folder, "-p", String(port), "-c", "listen_addresses=127.0.0.1"];
  const all = { fsync: fsync ? "on" : "off", ...settings };
  for (const [name, value] of Object.entries(all)) args.push("-c", `${name}=${value}`);

  let server: Deno.ChildProcess | null = null;

  async function start(): Promise<void> {
    // After a crash, orphaned backends may lock the data for a moment.
    for (let attempt = 0; attempt < 50; attempt++) {
      const started = spawn("postgres", args, env);
      if (await ready(started, port)) {
        server = started;
        return;
      }
      await started.status;
    }
    throw new Error(`Cannot start Postgres in ${folder}: see its log with LOG_POSTGRES=1`);
  }

  async function kill(signal: "SIGKILL" | "SIGINT" | "SIGTERM" = "SIGKILL"): Promise<void> {
    if (!server) return;
    server.kill(signal);
    await server.status;
    server = null;
  }

  await start();
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}&port=${port}`,
    port,
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill("SIGINT");
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function findBinaries(): string | null {
  const candidates = [Deno.env.get("POSTGRES_BIN") ?? ""];
  try {
    const versions = [...Deno.readDirSync("/usr/lib/postgresql")].map(({ name }) => name);
    versions.sort((a, b) => Number(b) - Number(a));
    candidates.push(...versions.map((version) => `/usr/lib/postgresql/${version}/bin`));
  } catch {
    // This is not Debian; POSTGRES_BIN or PATH may still locate Postgres.
  }
  candidates.push(...(Deno.env.get("PATH") ?? "").split(":"));
  return candidates.find((folder) => folder !== "" && exists(join(folder, "initdb"))) ?? null;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A data folder that is created once and copied: initdb takes 1 s, a copy 50 ms. */
async function template(): Promise<string> {
  const folder = join(
    Deno.env.get("TMPDIR") ?? "/tmp",
    `millrace-postgres-template-${Deno.uid()}-${(binaries ?? "").replaceAll("/", "_")}`,
  );
  if (exists(folder)) return folder;
  const draft = await Deno.makeTempDir({ prefix: "millrace-postgres-initdb-" });
  await giveToServer(draft);
  const initdb = spawn("initdb", [
    ...["-D", join(draft, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"],
    ...["--locale=C.UTF-8", "--no-sync"],
  ]);
  if (!(await initdb.status).success) throw new Error(`Cannot run initdb in ${draft}`);
  try {
    await Deno.rename(join(draft, "data"), folder);
  } catch (thrown) {
    // Another test process created the template first.
    if (!exists(folder)) throw thrown;
  }
  await Deno.remove(draft, { recursive: true });
  return folder;
}

/** Postgres refuses to run as root, so root runs it as the user postgres. */
function spawn(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): Deno.ChildProcess {
  // Sets the variables for the server only, not for setpriv.
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const program = ["env", ...variables, join(binaries ?? "", name), ...args];
  const output = Deno.env.get("LOG_POSTGRES") ? "inherit" : "null";
  const options = { stdin: "null", stdout: output, stderr: output, cwd: "/" } as const;
  return Deno.uid() === 0
    ? new Deno.Command("setpriv", {
      args: ["--reuid=postgres", "--regid=postgres", "--clear-groups", ...program],
      ...options,
    }).spawn()
    : new Deno.Command("env", { args: program.slice(1), ...options }).spawn();
}

async function giveToServer(folder: string): Promise<void> {
  if (Deno.uid() === 0) await command(["chown", "-R", "postgres:postgres", folder]);
}

async function command([program = "", ...args]: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}`);
}

/** Waits until the server accepts queries; false if it has exited. */
async function ready(server: Deno.ChildProcess, port: number): Promise<boolean> {
  const ended = server.status.then(() => true);
  for (;;) {
    const probe = new Deno.Command(join(binaries ?? "", "pg_isready"), {
      args: ["-q", "-h", "127.0.0.1", "-p", String(port)],
    }).output();
    if ((await probe).success) return true;
    const pause = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20));
    if (await Promise.race([ended, pause])) return false;
  }
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
