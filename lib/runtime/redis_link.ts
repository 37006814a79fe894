import { createClient, ErrorReply } from "redis";
import { z } from "zod";
import { BrokerUnreachableError, toError } from "./errors.ts";
import { sleep } from "./sleep.ts";

const CONNECT_TIMEOUT_MS = 2_000;
const ANSWER_TIMEOUT_MS = 4_000;
const PING_EVERY_MS = 1_000;

/** Answers that say "not now" or "not here", not "wrong": a connection made anew finds the right node. */
const NOT_NOW =
  /(^|: -?)(LOADING|CLUSTERDOWN|MASTERDOWN|READONLY|MOVED|ASK|TRYAGAIN|BUSY|UNBLOCKED) /;

/** One connection to one Redis server, from its opening to its loss; it is never mended. */
export interface RedisLink extends AsyncDisposable {
  /** Sends a command; throws `BrokerUnreachableError` when the link is or gets lost. */
  send(args: string[]): Promise<unknown>;
  subscribe(channel: string, onMessage: (message: string) => void): Promise<void>;
  /** Resolves with the reason once the link is lost, or disposed of. */
  lost: Promise<Error>;
}

export interface RedisLinkOptions {
  /** The name that `CLIENT LIST` shows. */
  name: string;
  /** In a cluster, the link goes to the node that holds the slot of this. */
  prefix: string;
  signal: AbortSignal;
}

/**
 * Connects to the server at `url` or, where that is a node of a cluster, to the node that holds the
 * prefix's slot. A server that stops answering counts as lost within five seconds. Throws
 * `BrokerUnreachableError`, or a `TypeError` for a cluster that the prefix does not fit.
 */
export async function openRedisLink(url: URL, options: RedisLinkOptions): Promise<RedisLink> {
  const link = await openDirectly(url, options);
  try {
    const owner = await slotOwner(link, options.prefix);
    if (owner === null || `${owner.host}:${owner.port}` === url.host) return link;
    const ownerUrl = new URL(url);
    ownerUrl.hostname = owner.host;
    ownerUrl.port = String(owner.port);
    await link[Symbol.asyncDispose]();
    return await openDirectly(ownerUrl, options);
  } catch (error) {
    await link[Symbol.asyncDispose]();
    throw error;
  }
}

async function openDirectly(url: URL, options: RedisLinkOptions): Promise<RedisLink> {
  const client = createClient({
    url: url.href,
    name: options.name,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    // The ping below notices a server that does not answer; a timer a command would not.
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false },
  });
  const { promise: lost, resolve } = Promise.withResolvers<Error>();
  const pinging = new AbortController();
  let lostBy: Error | null = null;
  const drop = (reason: Error) => {
    lostBy ??= reason;
    resolve(lostBy);
    pinging.abort();
    client.destroy();
  };
  const onAbort = () => drop(new Error("The connection was closed."));
  client.on("error", drop);
  options.signal.addEventListener("abort", onAbort, { once: true });
  lost.then(() => options.signal.removeEventListener("abort", onAbort));

  async function attempt<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      const error = toError(thrown);
      if (thrown instanceof TypeError) throw thrown;
      if (thrown instanceof ErrorReply && !NOT_NOW.test(error.message)) throw thrown;
      if (thrown instanceof ErrorReply) drop(error);
      const cause = lostBy ?? error;
      throw new BrokerUnreachableError(`Cannot reach Redis at ${url.host}: ${cause.message}`, {
        cause,
      });
    }
  }

  async function answered<T>(call: Promise<T>): Promise<T> {
    const timer = setTimeout(
      () => drop(new Error(`It has not answered for ${ANSWER_TIMEOUT_MS / 1_000} s.`)),
      ANSWER_TIMEOUT_MS,
    );
    try {
      return await call;
    } finally {
      clearTimeout(timer);
    }
  }

  async function keepPinging() {
    while (!pinging.signal.aborted) {
      await sleep(PING_EVERY_MS, pinging.signal);
      if (!pinging.signal.aborted) await answered(client.ping());
    }
  }

  try {
    await attempt(() => answered(client.connect()));
    options.signal.throwIfAborted();
  } catch (error) {
    // A connection that was being made when it was given up is only known to the client now.
    drop(toError(error));
    throw error;
  }
  // It ends by the abort, or by an error that the client has announced to `drop` as well.
  const watching = keepPinging().catch(drop);

  return {
    lost,
    send: (args) => attempt(() => client.sendCommand(args)),
    subscribe: (channel, onMessage) => attempt(() => client.subscribe(channel, onMessage)),
    async [Symbol.asyncDispose]() {
      onAbort();
      await watching;
    },
  };
}

const slotRanges = z.array(
  z.tuple([z.number(), z.number(), z.tuple([z.string(), z.number()], z.unknown())], z.unknown()),
);

/** Where the prefix's slot lives, or null when the server is not part of a cluster. */
async function slotOwner(
  link: RedisLink,
  prefix: string,
): Promise<{ host: string; port: number } | null> {
  const info = z.string().parse(await link.send(["INFO", "cluster"]));
  if (!info.includes("cluster_enabled:1")) return null;
  if (!/\{[^}]+\}/.test(prefix)) {
    throw new TypeError(
      `Cannot use a Redis Cluster: the prefix "${prefix}" has no hash tag such as {millrace}: in it`,
    );
  }
  const slot = z.number().parse(await link.send(["CLUSTER", "KEYSLOT", prefix]));
  const ranges = slotRanges.parse(await link.send(["CLUSTER", "SLOTS"]));
  const range = ranges.find(([from, to]) => from <= slot && slot <= to);
  if (range === undefined) {
    throw new BrokerUnreachableError(`Cannot reach Redis: no node of the cluster has slot ${slot}`);
  }
  const [host, port] = range[2];
  return { host, port };
}
