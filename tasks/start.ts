/**
 * Builds, unless `--built` is given, then runs this node with the permissions that its environment needs
 * until a signal ends it; exits with the node's code. `deno task` forwards signals to its child, but `npx`
 * does not and leaves an orphan. Therefore, an orphaned node ends itself.
 */
import { permissionFlags } from "../lib/node/permission_flags.ts";
import { readEnvironment } from "../lib/runtime/environment.ts";

const CHECK_MS = 500;

if (!Deno.args.includes("--built")) {
  const build = new Deno.Command(Deno.execPath(), { args: ["run", "-P=build", "dev.ts", "build"] });
  const { code } = await build.spawn().status;
  if (code !== 0) Deno.exit(code);
}

const node = new Deno.Command(Deno.execPath(), {
  args: ["run", ...permissionFlags(readEnvironment()), "main.ts"],
}).spawn();

function end(signal: "SIGINT" | "SIGTERM") {
  try {
    node.kill(signal);
  } catch {
    // The node has exited.
  }
}

const signals = Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const;
for (const signal of signals) Deno.addSignalListener(signal, () => end(signal));

const watch = Deno.env.get("npm_command") === "exec" ? watchForOrphaning() : undefined;
const { code } = await node.status;
clearInterval(watch);
Deno.exit(code);

/**
 * Stops the node when the process that ran `deno task` has exited. Requires /proc, which Deno can read only
 * with all permissions; does nothing without it.
 */
function watchForOrphaning(): ReturnType<typeof setInterval> | undefined {
  const task = Deno.ppid;
  const runner = parentOf(task);
  if (runner === null) return undefined;
  return setInterval(() => {
    if (Deno.ppid !== task || parentOf(task) !== runner) end("SIGTERM");
  }, CHECK_MS);
}

function parentOf(pid: number): number | null {
  try {
    // The second field is the program's name in parentheses, and can contain any characters.
    const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ");
    return Number(fields?.[1]);
  } catch {
    return null;
  }
}
