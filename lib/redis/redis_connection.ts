import { z } from "zod";
import { BrokerUnreachableError, toError } from "../runtime/errors.ts";
import { codeOfReply, redisVerdict } from "../runtime/redis_replies.ts";
import { describeRedisAddress, parseRedisAddress } from "../runtime/redis_address.ts";
import { openRedisLink, type RedisCertificates, type RedisLink } from "./redis_link.ts";
import type { RedisScript } from "./redis_script.ts";
import type { ReplyShape } from "./reply_shape.ts";
import { sleep } from "../runtime/sleep.ts";
import { createSubscriptions } from "./subscriptions.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** A link lost sooner than this counts as refused: the next one is opened after a delay. */
const REFUSED_WITHIN_MS = 5_000;

/** A reconnecting connection to Redis: while it is down, calls fail immediately. */
export interface RedisConnection extends AsyncDisposable {
  /** The prefix of each key and channel. */
  readonly prefix: string;
  /**
   * Returns the name of a channel: Pub/Sub ignores databases, so the name contains a database other than 0.
   */
  channel(name: string): string;
  isReady(): boolean;
  /**
   * Sends a command unchanged. Throws `BrokerUnreachableError` when the server is unreachable, refuses, or sends a reply
   * of another shape, and the server's error when a key has another type.
   */
  send<Reply>(args: string[], shape: ReplyShape<Reply>): Promise<Reply>;
  /** Sends a command whose reply may have any shape. */
  send(args: string[]): Promise<unknown>;
  /** Runs a script with the prefix as its only key, which routes it to the right node of a cluster. */
  run<Reply>(script: RedisScript, args: string[], shape: ReplyShape<Reply>): Promise<Reply>;
  /**
   * Resolves once subscribed, and resubscribes after each reconnect. The subscription stays when the last
   * listener has left, since there are few channels and few changes.
   */
  subscribe(channel: string, onMessage: (message: string) => void): Promise<Disposable>;
  /** Returns another connection to the same server, without state callbacks. */
  duplicate(): Promise<RedisConnection>;
}

/** A change of the connection; `reason` says why it is down, without passwords. */
export type RedisState = { kind: "ready" } | { kind: "away"; reason: Error };

export interface RedisConnectionOptions {
  prefix: string;
  /** The name that `CLIENT LIST` shows; default `millrace`. */
  name?: string;
  tls?: RedisCertificates;
  /** Called on each change after the first connection. */
  onState?: (state: RedisState) => void;
  /** Called with the latency of each command, in ms. */
  onReply?: (ms: number) => void;
  /** The timeout of the first connection, in milliseconds; default 5,000. */
  timeoutMs?: number;
}

/**
 * Connects to `url`, as `parseRedisAddress` reads it (any node of a cluster). Throws `BrokerUnreachableError` when
 * the first connection takes longer than `timeoutMs`; afterwards it reconnects without limit, at
 * intervals of at most a second.
 */
export async function connectRedis(
  url: string,
  options: RedisConnectionOptions,
): Promise<RedisConnection> {
  const { prefix, name = "millrace", tls = {}, onState, onReply, timeoutMs = 5_000 } = options;
  const address = parseRedisAddress(url);
  const closing = new AbortController();
  const subscriptions = createSubscriptions();
  let link: RedisLink | null = null;
  let lastReason = new Error("The connection is closed.");

  async function open(): Promise<RedisLink> {
    const opened = await openRedisLink(address, { name, prefix, tls, signal: closing.signal });
    try {
      await subscriptions.restore(opened);
    } catch (error) {
      await opened[Symbol.asyncDispose]();
      throw error;
    }
    return opened;
  }

  async function supervise(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    for (let current = link; current !== null; current = link) {
      const opened = performance.now();
      lastReason = await current.lost;
      link = null;
      await current[Symbol.asyncDispose]();
      if (closing.signal.aborted) return;
      onState?.({ kind: "away", reason: lastReason });
      const wasRefused = performance.now() - opened < REFUSED_WITHIN_MS;
      pause = wasRefused ? Math.min(pause * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
      if (wasRefused) await sleep(pause * (0.5 + Math.random() / 2), closing.signal);
      link = await withRetry(open, closing.signal, () => false).catch(() => null);
      if (link !== null) onState?.({ kind: "ready" });
    }
  }

  function ready(): RedisLink {
    if (link !== null) return link;
    throw new BrokerUnreachableError(
      `Cannot reach Redis at ${describeRedisAddress(address)}: ${lastReason.message}`,
      { cause: lastReason },
    );
  }

  function send<Reply>(args: string[], shape: ReplyShape<Reply>): Promise<Reply>;
  function send(args: string[]): Promise<unknown>;
  async function send(args: string[], shape: ReplyShape<unknown> = z.unknown()) {
    const began = performance.now();
    try {
      return await ready().send(args, shape);
    } catch (error) {
      // Only a script that is called by its digest can be unknown.
      if (args[0] === "EVALSHA" || !isUnknownScript(error)) throw error;
      throw new BrokerUnreachableError(`Redis refuses: ${toError(error).message}`, {
        cause: error,
      });
    } finally {
      onReply?.(performance.now() - began);
    }
  }

  async function run<Reply>(
    script: RedisScript,
    args: string[],
    shape: ReplyShape<Reply>,
  ): Promise<Reply> {
    try {
      return await send(["EVALSHA", script.sha1, "1", prefix, ...args], shape);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return await send(["EVAL", script.source, "1", prefix, ...args], shape);
    }
  }

  link = await withRetry(open, AbortSignal.timeout(timeoutMs), isFinal);
  const supervising = supervise();

  return {
    prefix,
    channel: (name) =>
      address.database === 0 ? `${prefix}${name}` : `${prefix}${address.database}:${name}`,
    isReady: () => link !== null,
    send,
    run,
    subscribe: (channel, onMessage) => subscriptions.add(channel, { link: ready, onMessage }),
    duplicate: () => connectRedis(url, { prefix, name, tls, timeoutMs }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await supervising;
    },
  };
}

/** Calls `open` with growing pauses until it succeeds, the signal aborts, or its error `isFinal`. */
async function withRetry<T>(
  open: () => Promise<T>,
  signal: AbortSignal,
  isFinal: (error: unknown) => boolean,
): Promise<T> {
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

function isUnknownScript(error: unknown): boolean {
  return redisVerdict(toError(error).message) === "unknown script";
}

/** Whether an error is permanent: the address, the user or the password is wrong. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof BrokerUnreachableError)) return true;
  const code = codeOfReply(toError(error.cause).message);
  return code === "WRONGPASS" || code === "NOAUTH" || code === "DENIED";
}
