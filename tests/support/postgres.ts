import { join } from "node:path";

/** A Postgres of a test's own, which ends with it. */
export interface TestPostgres extends AsyncDisposable {
  /** Over a Unix socket. */
  readonly url: string;
  /** Over TCP, for proxies. */
  readonly port: number;
  /** Ends the server, by default as a crash does. */
  kill(signal?: "SIGKILL" | "SIGINT" | "SIGTERM"): Promise<void>;
  /** Starts it again on the same data and addresses. */
  start(): Promise<void>;
}

const binaries = findBinaries();

/** Whether this machine can run Postgres. */
export const hasPostgres = binaries !== null;

/** For `Deno.test({ name: …, ignore: !hasPostgres })`: says in the name why a test is skipped. */
export function withPostgres(name: string): { name: string; ignore: boolean } {
  return { name: hasPostgres ? name : `${name} (skipped: no Postgres here)`, ignore: !hasPostgres };
}

/** Starts a server on fresh data in a temporary folder; `fsync` costs time and is off unless asked for. */
export async function startPostgres(
  { fsync = false, settings = {} }: { fsync?: boolean; settings?: Record<string, string> } = {},
): Promise<TestPostgres> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-postgres-" });
  const data = join(folder, "data");
  await command(["cp", "-a", "--reflink=auto", await template(), data]);
  await giveToServer(folder);
  const port = freePort();
  const args = ["-D", data, "-k", folder, "-p", String(port), "-c", "listen_addresses=127.0.0.1"];
  const all = { fsync: fsync ? "on" : "off", ...settings };
  for (const [name, value] of Object.entries(all)) args.push("-c", `${name}=${value}`);

  let server: Deno.ChildProcess | null = null;

  async function start(): Promise<void> {
    // After a crash the orphaned backends may hold the data for a moment yet.
    for (let attempt = 0; attempt < 50; attempt++) {
      const started = spawn("postgres", args);
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
    // Not a Debian; POSTGRES_BIN or PATH may still say where it is.
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

/** A data folder that is made once and copied: initdb takes a second, a copy 50 ms. */
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
    // Another test file was quicker.
    if (!exists(folder)) throw thrown;
  }
  await Deno.remove(draft, { recursive: true });
  return folder;
}

/** Postgres refuses to run as root, so there it runs as the user postgres. */
function spawn(program: string, args: string[]): Deno.ChildProcess {
  const path = join(binaries ?? "", program);
  const output = Deno.env.get("LOG_POSTGRES") ? "inherit" : "null";
  const options = { stdin: "null", stdout: output, stderr: output, cwd: "/" } as const;
  return Deno.uid() === 0
    ? new Deno.Command("setpriv", {
      args: ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, ...args],
      ...options,
    }).spawn()
    : new Deno.Command(path, { args, ...options }).spawn();
}

async function giveToServer(folder: string): Promise<void> {
  if (Deno.uid() === 0) await command(["chown", "postgres:postgres", folder]);
}

async function command([program = "", ...args]: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}`);
}

/** Waits until the server takes queries; false when it has ended instead. */
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

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
