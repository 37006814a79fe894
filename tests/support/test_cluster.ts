import { connectDatabase, type Database } from "../../lib/database/connect.ts";
import { connectRedis, type RedisConnection } from "../../lib/redis/redis_connection.ts";
import { parseProcessorStatus, type ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { pause } from "./fault_form.ts";
import { type Millrace, startMillrace } from "./millrace.ts";
import { hasPostgres, startPostgres, type TestPostgres } from "./postgres.ts";
import { hasRedis, type RedisServer, startRedis } from "./redis.ts";

const PROCESSING_WITHIN_MS = 30_000;

/** A real Redis and a real Postgres that nodes share, with the test's own connections to both. */
export interface TestCluster extends AsyncDisposable {
  readonly redis: RedisServer;
  readonly postgres: TestPostgres;
  readonly database: Database;
  /** Reconnects automatically, like a node's connection. */
  readonly broker: RedisConnection;
  /** Starts a node on these servers; disposing the cluster stops it. */
  startNode(role: "all" | "web" | "worker", env?: Record<string, string>): Promise<Millrace>;
}

/** For `Deno.test({ ...withServers(name), fn })`: skips the test without Redis or Postgres, with the reason in its name. */
export function withServers(name: string): { name: string; ignore: boolean } {
  const ignore = !hasRedis || !hasPostgres;
  return { name: ignore ? `${name} (skipped: Redis or Postgres is not installed)` : name, ignore };
}

export interface TestClusterOptions {
  /** Redis syncs each write to disk before it replies; otherwise a kill loses all data. */
  appendOnly?: boolean;
  /** Additional environment variables for Postgres, such as a shifted clock. */
  postgresEnv?: Record<string, string>;
  /** Postgres syncs each commit to disk before it replies. */
  fsync?: boolean;
  /** Environment variables of the nodes, such as the address of a proxy in front of a server. */
  nodeEnv?: (servers: { redis: RedisServer; postgres: TestPostgres }) => Record<string, string>;
}

export async function startTestCluster(
  { appendOnly = true, postgresEnv = {}, fsync = false, nodeEnv = () => ({}) }: TestClusterOptions =
    {},
): Promise<TestCluster> {
  await using starting = new AsyncDisposableStack();
  const postgres = starting.use(await startPostgres({ fsync, env: postgresEnv }));
  const redis = starting.use(await startRedis({ appendOnly }));
  const database = starting.use(await connectDatabase({ url: postgres.url, dataDir: "" }));
  const broker = starting.use(await connectRedis(redis.url, { prefix: "" }));
  const shared = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    ...nodeEnv({ redis, postgres }),
  };
  const nodes = starting.move();
  return {
    redis,
    postgres,
    database,
    broker,
    async startNode(role, env = {}) {
      return nodes.use(await startMillrace({ env: { ...shared, ROLE: role, ...env } }));
    },
    [Symbol.asyncDispose]: () => nodes.disposeAsync(),
  };
}

/** The node's name in the queue and in its counters. */
export async function nameOf(node: Millrace): Promise<string> {
  return (await Deno.readTextFile(`${node.dataDir}/nodes/1`)).trim();
}

/** The number of articles that a node is processing. */
export async function activeCount({ broker }: TestCluster, node: Millrace): Promise<number> {
  return Number(await broker.send(["SCARD", `processor:active:${await nameOf(node)}`]));
}

/** Waits until one of the nodes is processing articles, and returns it. Checks often: it may last for 0.1 s. */
export async function waitUntilProcessing(
  cluster: TestCluster,
  ...nodes: Millrace[]
): Promise<Millrace> {
  for (const began = Date.now(); Date.now() - began < PROCESSING_WITHIN_MS;) {
    const active = await Promise.all(nodes.map((node) => activeCount(cluster, node)));
    const processing = nodes.find((_, i) => active[i]! > 0);
    if (processing !== undefined) return processing;
    await pause(20);
  }
  throw new Error("No node is processing");
}

/** Changes settings over HTTP, as an operator does. */
export async function configure(node: Millrace, settings: Record<string, unknown>): Promise<void> {
  const response = await node.fetch("/api/processor/config", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`Cannot configure: ${await response.text()}`);
  await response.body?.cancel();
}

/** Starts or stops processing on every node over HTTP, as an operator does. */
export async function command(node: Millrace, action: "start" | "stop"): Promise<void> {
  const response = await node.fetch(`/api/processor/${action}`, { method: "POST" });
  if (!response.ok) throw new Error(`Cannot ${action}: ${await response.text()}`);
  await response.body?.cancel();
}

/** The processor status that a node reports. */
export async function statusOf(node: Millrace): Promise<ProcessorStatus> {
  const { data } = await (await node.fetch("/api/processor/status")).json();
  return parseProcessorStatus(JSON.stringify(data));
}
