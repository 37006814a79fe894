/** A name that is unique among running nodes and stable across restarts. */
export interface NodeName extends Disposable {
  readonly name: string;
  /** Where the name is stored; different for each copy of the folder. */
  readonly place: string;
}

const MOST_NODES = 100;

/**
 * Locks the first free name under `dataDir`, or creates a new one. The operating system releases the lock
 * when the process ends, so that a restarted node gets its name, and with it its active ids, back.
 * `host` makes names readable.
 */
export async function takeNodeName(dataDir: string, host: string): Promise<NodeName> {
  const folder = `${dataDir}/nodes`;
  await Deno.mkdir(folder, { recursive: true });
  for (let number = 1; number <= MOST_NODES; number++) {
    const file = await Deno.open(`${folder}/${number}`, { read: true, write: true, create: true });
    if (!(await file.tryLock(true))) {
      file.close();
      continue;
    }
    const known = new TextDecoder().decode(await readAll(file)).trim();
    const name = known || `${host}-${crypto.randomUUID().slice(0, 4)}`;
    if (known === "") await file.write(new TextEncoder().encode(name));
    const { dev, ino } = await file.stat();
    const place = `${host} ${await bootId()} ${dev} ${ino}`;
    return { name, place, [Symbol.dispose]: () => file.close() };
  }
  throw new Error(`Cannot name this node: ${MOST_NODES} nodes run on ${dataDir} already.`);
}

async function readAll(file: Deno.FsFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(256);
  const read = await file.read(bytes);
  return bytes.subarray(0, read ?? 0);
}

/** Distinguishes machines with the same name; empty when the system provides no id. */
async function bootId(): Promise<string> {
  try {
    return (await Deno.readTextFile("/proc/sys/kernel/random/boot_id")).trim();
  } catch {
    return "";
  }
}
