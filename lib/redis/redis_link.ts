import { createClient, ErrorReply, type RedisClientOptions } from "redis";
import { z } from "zod";
import { BrokerUnreachableError, toError } from "../runtime/errors.ts";
import type { RedisAddress } from "../runtime/redis_address.ts";
import { codeOfReply, redisVerdict } from "../runtime/redis_replies.ts";
import { parseReply, PONG, type ReplyShape, UnexpectedReplyError } from "./reply_shape.ts";
import { proveTls } from "./prove_tls.ts";
import { sleep } from "../runtime/sleep.ts";

const CONNECT_TIMEOUT_MS = 2_000;
const RESPONSE_TIMEOUT_MS = 4_000;
const PING_EVERY_MS = 1_000;

/** One connection to one Redis server, from its opening to its loss; it never reconnects. */
export interface RedisLink extends AsyncDisposable {
  /**
   * Sends a command. Throws `BrokerUnreachableError` when the link is or gets lost, which includes every refusal
   * of the server and every reply that does not have the expected shape, and an `ErrorReply` for a key of another type
   * and for an unknown script.
   */
  send<Reply>(args: string[], shape: ReplyShape<Reply>): Promise<Reply>;
  subscribe(channel: string, onMessage: (message: string) => void): Promise<void>;
  /** Resolves with the reason once the link is lost or disposed. */
  lost: Promise<Error>;
}

/** A link with commands that the server may refuse. */
interface DirectLink extends RedisLink {
  /** Like `send`; null when the command is unknown to the server or not permitted to this user. */
  sendIfPermitted<Reply>(args: string[], shape: ReplyShape<Reply>): Promise<Reply | null>;
}

export interface RedisLinkOptions {
  /** The name that `CLIENT LIST` shows. */
  name: string;
  /** In a cluster, the link connects to the node that owns this key's slot. */
  prefix: string;
  /** Certificates in PEM, for `rediss:`. */
  tls: RedisCertificates;
  signal: AbortSignal;
}

/**
 * Connects to the server at `address`; to the one that its sentinels name as the primary; or, where it is a
 * node of a cluster, to the node that owns the prefix's slot. An unresponsive server counts as lost within
 * five seconds. Throws `BrokerUnreachableError`, or a `TypeError` when the prefix has no hash tag for a
 * cluster.
 */
export async function openRedisLink(
  address: RedisAddress,
  options: RedisLinkOptions,
): Promise<RedisLink> {
  const endpoint = address.service === null
    ? endpointOf(address)
    : await findPrimary(address, address.service, options);
  const link = await openDirectly(address, endpoint, options);
  try {
    const owner = await slotOwner(link, options.prefix);
    if (owner === null || nameOf(owner) === nameOf(endpoint)) return link;
    await link[Symbol.asyncDispose]();
    return await openDirectly(address, owner, options);
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}

/** Where one server listens. */
type Endpoint = { path: string } | { host: string; port: number };

function endpointOf({ path, hosts: [first] }: RedisAddress): Endpoint {
  return path !== null ? { path } : first ?? { host: "localhost", port: 6379 };
}

function nameOf(endpoint: Endpoint): string {
  return "path" in endpoint ? endpoint.path : `${endpoint.host}:${endpoint.port}`;
}

const primary = z.tuple([z.string(), z.coerce.number()]).nullable();

/** Queries the sentinels in turn, since some may be down or have no information. */
async function findPrimary(
  address: RedisAddress,
  service: string,
  options: RedisLinkOptions,
): Promise<Endpoint> {
  let reason = `no sentinel knows "${service}"`;
  const open = { ...address, username: null, password: null, database: 0 };
  // Most sentinels require no password and reject one.
  const signIns = address.password === null ? [open] : [open, { ...address, database: 0 }];
  const tries = address.hosts.flatMap((endpoint) =>
    signIns.map((signIn) => ({ endpoint, signIn }))
  );
  for (const { endpoint, signIn } of tries) {
    try {
      await using sentinel = await openDirectly(signIn, endpoint, options);
      const query = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", service];
      const found = await sentinel.send(query, primary);
      if (found !== null) return { host: found[0], port: found[1] };
    } catch (error) {
      reason = toError(error).message;
    }
  }
  throw new BrokerUnreachableError(`Cannot find Redis by its sentinels: ${reason}`);
}

/** The options of a client that never reconnects. */
function clientOptions(
  address: RedisAddress,
  endpoint: Endpoint,
  options: RedisLinkOptions,
): RedisClientOptions {
  const { username, password, database, tls } = address;
  const common = { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false } as const;
  return {
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(database === 0 ? {} : { database }),
    name: options.name,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    // The ping below detects an unresponsive server; a timer per command would cost more.
    commandOptions: { timeout: 0 },
    socket: "path" in endpoint
      ? { ...common, path: endpoint.path, tls: false }
      : tls
      ? { ...common, ...endpoint, ...options.tls, tls: true }
      : { ...common, ...endpoint },
  };
}

async function openDirectly(
  address: RedisAddress,
  endpoint: Endpoint,
  options: RedisLinkOptions,
): Promise<DirectLink> {
  const client = createClient(clientOptions(address, endpoint, options));
  const { promise: lost, resolve } = Promise.withResolvers<Error>();
  const pinging = new AbortController();
  let lostBy: Error | null = null;
  const disconnect = (reason: Error) => {
    lostBy ??= reason;
    resolve(lostBy);
    pinging.abort();
    client.destroy();
  };
  const onAbort = () => disconnect(new Error("The connection was closed."));
  client.on("error", disconnect);
  options.signal.addEventListener("abort", onAbort, { once: true });
  lost.then(() => options.signal.removeEventListener("abort", onAbort));

  async function attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      const error = toError(thrown);
      if (thrown instanceof TypeError) throw thrown;
      if (thrown instanceof ErrorReply && redisVerdict(error.message) !== "outage") throw thrown;
      // After a failover the same address may resolve to another server; and where one reply has another shape, the
      // next ones may belong to other commands.
      if (thrown instanceof ErrorReply || thrown instanceof UnexpectedReplyError) disconnect(error);
      const cause = lostBy ?? error;
      throw new BrokerUnreachableError(
        `Cannot reach Redis at ${nameOf(endpoint)}: ${cause.message}`,
        {
          cause,
        },
      );
    }
  }

  async function request<Reply>(args: string[], shape: ReplyShape<Reply>): Promise<Reply> {
    return parseReply(shape, await client.sendCommand(args), args);
  }

  const send = <Reply>(args: string[], shape: ReplyShape<Reply>) =>
    attempt(() => request(args, shape));

  const ping = () => request(["PING"], PONG);

  const onTimeout = () =>
    disconnect(new Error(`It has not responded for ${RESPONSE_TIMEOUT_MS / 1_000} s.`));

  async function keepPinging() {
    while (!pinging.signal.aborted) {
      await sleep(PING_EVERY_MS, pinging.signal);
      if (!pinging.signal.aborted) await withTimeout(ping(), onTimeout);
    }
  }

  try {
    if (address.tls && !("path" in endpoint)) {
      await attempt(() => proveTls(endpoint, options.tls, CONNECT_TIMEOUT_MS));
    }
    await attempt(() => withTimeout(client.connect(), onTimeout));
    // A user without the permission to ping would lose each link within a second.
    await attempt(() => withTimeout(ping(), onTimeout));
    options.signal.throwIfAborted();
  } catch (error) {
    // Only now does the client learn of a connection that was aborted while it opened.
    disconnect(toError(error));
    throw error;
  }
  // It ends with the abort, or with an error that the client also reports to `disconnect`.
  const watching = keepPinging().catch(disconnect);

  return {
    lost,
    send,
    sendIfPermitted: (args, shape) =>
      attempt(() =>
        request(args, shape).catch((error) => {
          if (error instanceof ErrorReply && isRefused(error)) return null;
          throw error;
        })
      ),
    subscribe: (channel, onMessage) => attempt(() => client.subscribe(channel, onMessage)),
    async [Symbol.asyncDispose]() {
      onAbort();
      await watching;
    },
  };
}

/** Calls `onTimeout` when a call takes longer than a server may. */
async function withTimeout<T>(call: Promise<T>, onTimeout: () => void): Promise<T> {
  const timer = setTimeout(onTimeout, RESPONSE_TIMEOUT_MS);
  try {
    return await call;
  } finally {
    clearTimeout(timer);
  }
}

/** PEM certificates: the trusted CAs, and the client's certificate. */
export interface RedisCertificates {
  ca?: string;
  cert?: string;
  key?: string;
}

function isRefused(error: ErrorReply): boolean {
  const code = codeOfReply(error.message);
  return code === "NOPERM" || code === "ERR";
}

const slotRanges = z.array(
  z.tuple([z.number(), z.number(), z.tuple([z.string(), z.number()], z.unknown())], z.unknown()),
);

/** Returns the node with the prefix's slot, or null when the server is not part of a cluster. */
async function slotOwner(
  link: DirectLink,
  prefix: string,
): Promise<{ host: string; port: number } | null> {
  const ranges = await link.sendIfPermitted(["CLUSTER", "SLOTS"], slotRanges);
  if (ranges === null) return null;
  if (!/\{[^}]+\}/.test(prefix)) {
    throw new TypeError(
      `Cannot use a Redis Cluster: the prefix "${prefix}" has no hash tag such as {millrace}: in it`,
    );
  }
  const slot = await link.send(["CLUSTER", "KEYSLOT", prefix], z.number());
  const range = ranges.find(([from, to]) => from <= slot && slot <= to);
  if (range === undefined) {
    throw new BrokerUnreachableError(`Cannot reach Redis: no node of the cluster has slot ${slot}`);
  }
  const [host, port] = range[2];
  return { host, port };
}
