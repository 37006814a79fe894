import assert from "node:assert/strict";
import { connectDatabase, type Database } from "../../lib/database/connect.ts";
import { connectRedis, type RedisConnection } from "../../lib/runtime/redis_connection.ts";
import { parseProcessorStatus, type ProcessorStatus } from "../../lib/status/processor_status.ts";
import { eventually } from "./eventually.ts";
import { type Millrace, startMillrace } from "./millrace.ts";
import { hasPostgres, startPostgres, type TestPostgres } from "./postgres.ts";
import { hasRedis, type RedisServer, startRedis } from "./redis.ts";

/** What nodes share: a real Redis and a real Postgres, and the test's own view of both. */
export interface Stage extends AsyncDisposable {
  readonly redis: RedisServer;
  readonly postgres: TestPostgres;
  readonly database: Database;
  /** Mends itself, as that of a node. */
  readonly broker: RedisConnection;
  /** Starts a node on the stage, which ends with it. */
  node(role: "all" | "web" | "worker", env?: Record<string, string>): Promise<Millrace>;
}

/** For `Deno.test({ ...onStage(name), fn })`: says in the name why a test is skipped. */
export function onStage(name: string): { name: string; ignore: boolean } {
  const ignore = !hasRedis || !hasPostgres;
  return { name: ignore ? `${name} (skipped: no Redis or Postgres here)` : name, ignore };
}

export interface StageOptions {
  /** Redis keeps each write on disk before it answers; otherwise a killed Redis has lost all. */
  appendOnly?: boolean;
  /** Postgres keeps each commit on disk before it answers. */
  fsync?: boolean;
  /** Where nodes find the servers, when not at their own addresses. */
  through?: (servers: { redis: RedisServer; postgres: TestPostgres }) => Record<string, string>;
}

export async function setStage(
  { appendOnly = true, fsync = false, through = () => ({}) }: StageOptions = {},
): Promise<Stage> {
  await using starting = new AsyncDisposableStack();
  const postgres = starting.use(await startPostgres({ fsync }));
  const redis = starting.use(await startRedis({ appendOnly }));
  const database = starting.use(await connectDatabase({ url: postgres.url, dataDir: "" }));
  const broker = starting.use(await connectRedis(redis.url, { prefix: "" }));
  const shared = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    ...through({ redis, postgres }),
  };
  const nodes = starting.move();
  return {
    redis,
    postgres,
    database,
    broker,
    async node(role, env = {}) {
      return nodes.use(await startMillrace({ env: { ...shared, ROLE: role, ...env } }));
    },
    [Symbol.asyncDispose]: () => nodes.disposeAsync(),
  };
}

/** The name under which a node's queue and tallies know it. */
export async function nameOf(node: Millrace): Promise<string> {
  return (await Deno.readTextFile(`${node.dataDir}/nodes/1`)).trim();
}

/** How many articles a node holds. */
export async function heldBy({ broker }: Stage, node: Millrace): Promise<number> {
  return Number(await broker.send(["SCARD", `processor:active:${await nameOf(node)}`]));
}

/** Waits until one of the nodes holds articles, and answers which. */
export async function untilAtWork(stage: Stage, ...nodes: Millrace[]): Promise<Millrace> {
  return await eventually(async () => {
    const held = await Promise.all(nodes.map((node) => heldBy(stage, node)));
    const atWork = nodes.find((_, i) => held[i]! > 0);
    assert.ok(atWork !== undefined, "nothing is being processed");
    return atWork;
  }, 30_000);
}

/** Changes settings as an operator does. */
export async function configure(node: Millrace, settings: Record<string, unknown>): Promise<void> {
  const response = await node.fetch("/api/processor/config", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`Cannot configure: ${await response.text()}`);
  await response.body?.cancel();
}

/** Has the whole stream started or stopped, as an operator does. */
export async function command(node: Millrace, action: "start" | "stop"): Promise<void> {
  const response = await node.fetch(`/api/processor/${action}`, { method: "POST" });
  if (!response.ok) throw new Error(`Cannot ${action}: ${await response.text()}`);
  await response.body?.cancel();
}

/** What a node says of the whole system. */
export async function statusOf(node: Millrace): Promise<ProcessorStatus> {
  const { data } = await (await node.fetch("/api/processor/status")).json();
  return parseProcessorStatus(JSON.stringify(data));
}
