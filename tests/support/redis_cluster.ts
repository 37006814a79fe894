import { freePort, type RedisServer, startRedis } from "./redis.ts";

const SLOTS = 16_384;

/** Three real Redis servers that share the slots between them. */
export interface RedisCluster extends AsyncDisposable {
  readonly nodes: RedisServer[];
  /** The node that owns the slot of `key`. */
  ownerOf(key: string): Promise<RedisServer>;
  /** Moves the empty slot of `key` to `target`. */
  moveSlot(key: string, target: RedisServer): Promise<void>;
}

/** Starts a cluster and resolves once every node reports that it is complete. */
export async function startRedisCluster(): Promise<RedisCluster> {
  await using starting = new AsyncDisposableStack();
  const nodes: RedisServer[] = [];
  const busPorts: number[] = [];
  for (let i = 0; i < 3; i++) {
    const busPort = freePort();
    const args = ["--cluster-enabled", "yes", "--cluster-port", String(busPort)];
    nodes.push(starting.use(await startRedis({ args })));
    busPorts.push(busPort);
  }

  for (const [i, node] of nodes.entries()) {
    const first = Math.floor(i * SLOTS / 3);
    const last = Math.floor((i + 1) * SLOTS / 3) - 1;
    await node.command("CLUSTER", "SET-CONFIG-EPOCH", String(i + 1));
    await node.command("CLUSTER", "ADDSLOTSRANGE", String(first), String(last));
  }
  for (const [i, node] of nodes.entries()) {
    if (i === 0) continue;
    const address = ["127.0.0.1", String(node.port), String(busPorts[i])];
    await nodes[0]!.command("CLUSTER", "MEET", ...address);
  }
  await Promise.all(nodes.map(waitUntilComplete));

  async function ownerOf(key: string): Promise<RedisServer> {
    const slot = Number(await nodes[0]!.command("CLUSTER", "KEYSLOT", key));
    for (const node of nodes) {
      const owned = await node.command("CLUSTER", "COUNTKEYSINSLOT", String(slot));
      const myself = await lineOfMyself(node);
      if (owned !== null && slotsOf(myself).some(([from, to]) => from <= slot && slot <= to)) {
        return node;
      }
    }
    throw new Error(`No node owns slot ${slot}.`);
  }

  const owner = starting.move();
  return {
    nodes,
    ownerOf,
    async moveSlot(key, target) {
      const slot = String(await nodes[0]!.command("CLUSTER", "KEYSLOT", key));
      const id = String(await target.command("CLUSTER", "MYID"));
      // A claim of the former owner that is still on its way has a lower epoch and loses.
      await target.command("CLUSTER", "BUMPEPOCH");
      const others = nodes.filter((node) => node !== target);
      for (const node of [target, ...others]) {
        await node.command("CLUSTER", "SETSLOT", slot, "NODE", id);
      }
    },
    [Symbol.asyncDispose]: () => owner.disposeAsync(),
  };
}

async function waitUntilComplete(node: RedisServer): Promise<void> {
  for (const started = Date.now(); Date.now() - started < 20_000;) {
    const info = String(await node.command("CLUSTER", "INFO"));
    if (info.includes("cluster_state:ok") && info.includes("cluster_known_nodes:3")) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The cluster of ${node.url} was not complete within 20 s.`);
}

async function lineOfMyself(node: RedisServer): Promise<string> {
  const lines = String(await node.command("CLUSTER", "NODES")).split("\n");
  return lines.find((line) => line.includes("myself")) ?? "";
}

/** The slot ranges at the end of a line of `CLUSTER NODES`. */
function slotsOf(line: string): [number, number][] {
  return line.trim().split(" ").slice(8).map((range) => {
    const [from, to] = range.split("-").map(Number);
    return [from!, to ?? from!];
  });
}
