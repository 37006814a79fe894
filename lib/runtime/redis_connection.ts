import { BrokerUnreachableError, toError } from "./errors.ts";
import { openRedisLink, type RedisLink } from "./redis_link.ts";
import type { RedisScript } from "./redis_script.ts";
import { sleep } from "./sleep.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** A connection to Redis that mends itself: while it is away, calls fail at once. */
export interface RedisConnection extends AsyncDisposable {
  /** What goes before each key and channel. */
  readonly prefix: string;
  isReady(): boolean;
  /** Sends a command as it is. Throws `BrokerUnreachableError`, or the server's own error. */
  send(args: string[]): Promise<unknown>;
  /** Runs a script with the prefix as its only key, which leads it to the right node of a cluster. */
  run(script: RedisScript, args?: string[]): Promise<unknown>;
  /**
   * Resolves once the subscription stands. It is renewed after each loss of the connection. The server
   * goes on sending the channel's messages when the last listener has left: few channels, few changes.
   */
  subscribe(channel: string, onMessage: (message: string) => void): Promise<Disposable>;
  /** Another connection to the same place; it tells its states to nobody. */
  duplicate(): Promise<RedisConnection>;
}

/** What became of the connection; `reason` says why it is away, without any password. */
export type RedisState = { kind: "ready" } | { kind: "away"; reason: Error };

export interface RedisConnectionOptions {
  prefix: string;
  /** The name that `CLIENT LIST` shows; default `millrace`. */
  name?: string;
  /** Called with each change after the first connection. */
  onState?: (state: RedisState) => void;
  /** How long the first connection may take, in milliseconds; default 5,000. */
  patienceMs?: number;
}

interface Subscription {
  listeners: Set<(message: string) => void>;
  /** Resolves once the server has confirmed it the first time. */
  standing: Promise<void>;
}

/**
 * Connects to `url` (`redis:` or `rediss:`; any node of a cluster). Throws `BrokerUnreachableError` when
 * the first connection takes longer than `patienceMs`; afterwards it tries again for ever, at
 * intervals of a second at most.
 */
export async function connectRedis(
  url: string,
  options: RedisConnectionOptions,
): Promise<RedisConnection> {
  const { prefix, name = "millrace", onState, patienceMs = 5_000 } = options;
  const address = new URL(url);
  const ending = new AbortController();
  const subscriptions = new Map<string, Subscription>();
  let link: RedisLink | null = null;
  let lastReason = new Error("The connection is closed.");

  const tell = (channel: string) => (message: string) =>
    subscriptions.get(channel)?.listeners.forEach((onMessage) => onMessage(message));

  async function open(): Promise<RedisLink> {
    const opened = await openRedisLink(address, { name, prefix, signal: ending.signal });
    try {
      for (const channel of subscriptions.keys()) await opened.subscribe(channel, tell(channel));
    } catch (error) {
      await opened[Symbol.asyncDispose]();
      throw error;
    }
    return opened;
  }

  /** Tries until it succeeds, or the signal ends it, or `isFinal` says that it is no use. */
  async function openPatiently(
    signal: AbortSignal,
    isFinal: (error: unknown) => boolean,
  ): Promise<RedisLink> {
    for (let pause = FIRST_PAUSE_MS;; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await open();
      } catch (error) {
        if (signal.aborted || isFinal(error)) throw error;
        await sleep(pause * (0.5 + Math.random() / 2), signal);
        if (signal.aborted) throw error;
      }
    }
  }

  async function supervise(): Promise<void> {
    for (let current = link; current !== null; current = link) {
      lastReason = await current.lost;
      link = null;
      await current[Symbol.asyncDispose]();
      if (ending.signal.aborted) return;
      onState?.({ kind: "away", reason: lastReason });
      link = await openPatiently(ending.signal, () => false).catch(() => null);
      if (link !== null) onState?.({ kind: "ready" });
    }
  }

  function ready(): RedisLink {
    if (link !== null) return link;
    throw new BrokerUnreachableError(
      `Cannot reach Redis at ${address.host}: ${lastReason.message}`,
      { cause: lastReason },
    );
  }

  async function run(script: RedisScript, args: string[] = []): Promise<unknown> {
    try {
      return await ready().send(["EVALSHA", script.sha1, "1", prefix, ...args]);
    } catch (error) {
      if (!toError(error).message.startsWith("NOSCRIPT")) throw error;
      return await ready().send(["EVAL", script.source, "1", prefix, ...args]);
    }
  }

  async function subscribe(channel: string, onMessage: (message: string) => void) {
    // A function of its own, so that the same one may be subscribed twice.
    const listener = (message: string) => onMessage(message);
    const subscription = subscriptions.get(channel) ?? {
      listeners: new Set(),
      standing: ready().subscribe(channel, tell(channel)),
    };
    subscriptions.set(channel, subscription);
    subscription.listeners.add(listener);
    try {
      await subscription.standing;
    } catch (error) {
      if (subscriptions.get(channel) === subscription) subscriptions.delete(channel);
      throw error;
    }
    return { [Symbol.dispose]: () => void subscription.listeners.delete(listener) };
  }

  link = await openPatiently(
    AbortSignal.timeout(patienceMs),
    (error) => !(error instanceof BrokerUnreachableError),
  );
  const supervising = supervise();

  return {
    prefix,
    isReady: () => link !== null,
    send: async (args) => await ready().send(args),
    run,
    subscribe,
    duplicate: () => connectRedis(url, { prefix, name, patienceMs }),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await supervising;
    },
  };
}
