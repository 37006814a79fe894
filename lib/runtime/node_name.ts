/** A name that no other running node has, and that this node has again when it comes back. */
export interface NodeName extends Disposable {
  readonly name: string;
}

const MOST_NODES = 100;

/**
 * Takes the first name under `dataDir` that no running process holds, or makes a new one. The file
 * is locked for as long as the process lives, however it ends, so that a node that was killed finds
 * its name, and with it its active ids, again. `host` makes names readable.
 */
export async function takeNodeName(dataDir: string, host: string): Promise<NodeName> {
  const folder = `${dataDir}/nodes`;
  await Deno.mkdir(folder, { recursive: true });
  for (let place = 1; place <= MOST_NODES; place++) {
    const file = await Deno.open(`${folder}/${place}`, { read: true, write: true, create: true });
    if (!(await file.tryLock(true))) {
      file.close();
      continue;
    }
    const known = new TextDecoder().decode(await readAll(file)).trim();
    const name = known || `${host}-${crypto.randomUUID().slice(0, 4)}`;
    if (known === "") await file.write(new TextEncoder().encode(name));
    return { name, [Symbol.dispose]: () => file.close() };
  }
  throw new Error(`Cannot name this node: ${MOST_NODES} nodes run on ${dataDir} already.`);
}

async function readAll(file: Deno.FsFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(256);
  const read = await file.read(bytes);
  return bytes.subarray(0, read ?? 0);
}
