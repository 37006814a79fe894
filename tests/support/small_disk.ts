/** A small in-memory file system that a test can fill up. */
export interface SmallDisk extends AsyncDisposable {
  readonly folder: string;
  /** Frees space while the disk is in use. */
  resize(kib: number): Promise<void>;
}

/** Mounting requires root, or sudo without a password. */
const asRoot = Deno.uid() === 0 ? [] : ["sudo", "--non-interactive"];

/** Whether this machine allows a test to mount a disk. */
export const hasSmallDisk = await canMount();

/**
 * For `Deno.test({ ...onSmallDisk(name), fn })`: skips the test if no disk can be mounted, with the reason in
 * its name.
 */
export function onSmallDisk(name: string): { name: string; ignore: boolean } {
  return {
    name: hasSmallDisk ? name : `${name} (skipped: cannot mount a disk)`,
    ignore: !hasSmallDisk,
  };
}

/** Mounts a disk of `kib` KiB, owned by the user that runs Postgres. */
export async function mountSmallDisk(kib: number): Promise<SmallDisk> {
  const folder = await Deno.makeTempDir({ prefix: "millrace-disk-" });
  const options = `size=${kib}k,uid=${await postgresUser()}`;
  await privileged("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder);
  return {
    folder,
    resize: (kib) => privileged("mount", "-o", `remount,size=${kib}k`, folder),
    async [Symbol.asyncDispose]() {
      await privileged("umount", "--lazy", folder);
      await Deno.remove(folder);
    },
  };
}

/** Postgres refuses to run as root, so root runs it as the user postgres. */
async function postgresUser(): Promise<number> {
  if (Deno.uid() !== 0) return Deno.uid() ?? 0;
  const users = await Deno.readTextFile("/etc/passwd");
  return Number(/^postgres:[^:]*:(\d+)/m.exec(users)?.[1] ?? 0);
}

async function canMount(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  try {
    await using _disk = await mountSmallDisk(64);
    return true;
  } catch {
    return false;
  }
}

async function privileged(...words: string[]): Promise<void> {
  const [program = "", ...args] = [...asRoot, ...words];
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`Cannot ${words[0]}: ${new TextDecoder().decode(stderr)}`);
}
