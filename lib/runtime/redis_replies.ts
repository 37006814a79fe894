/**
 * The meaning of a Redis error reply. `outage`: the server refuses every client; the connection is
 * dropped and the call is retried. `foreign key`: one of Millrace's keys has another type; it is renamed.
 * `unknown script`: the script's source is sent.
 */
export type RedisVerdict = "outage" | "foreign key" | "unknown script";

/** The code at the start of an error reply. */
export interface RedisReply {
  verdict: RedisVerdict;
  meaning: string;
}

/** The known error codes. Any other reply is an outage, too: no reply is caused by an article. */
export const REDIS_REPLIES = {
  NOREPLICAS: { verdict: "outage", meaning: "fewer replicas are connected than writes require" },
  MISCONF: { verdict: "outage", meaning: "a snapshot failed, so writes are refused" },
  OOM: { verdict: "outage", meaning: "`maxmemory` is reached" },
  READONLY: { verdict: "outage", meaning: "the server has become a replica" },
  LOADING: { verdict: "outage", meaning: "the server is still loading its data" },
  BUSY: { verdict: "outage", meaning: "a script of another client does not end" },
  NOPERM: { verdict: "outage", meaning: "the user lacks a command, key or channel" },
  NOAUTH: { verdict: "outage", meaning: "the server requires a password" },
  WRONGPASS: { verdict: "outage", meaning: "the user or the password is wrong" },
  DENIED: { verdict: "outage", meaning: "protected mode accepts only local clients" },
  MASTERDOWN: { verdict: "outage", meaning: "a replica has lost its primary" },
  CLUSTERDOWN: { verdict: "outage", meaning: "the cluster has no node for the slot" },
  MOVED: { verdict: "outage", meaning: "another node of the cluster has the slot now" },
  ASK: { verdict: "outage", meaning: "the slot is moving to another node" },
  TRYAGAIN: { verdict: "outage", meaning: "the slot is being moved" },
  CROSSSLOT: { verdict: "outage", meaning: "the keys are in different slots" },
  UNBLOCKED: { verdict: "outage", meaning: "the server changed its role during the call" },
  NOGOODSLAVE: { verdict: "outage", meaning: "no replica can take over" },
  EXECABORT: { verdict: "outage", meaning: "a command of a transaction was refused" },
  ERR: {
    verdict: "outage",
    meaning: "anything else, such as `max number of clients reached` or a renamed command",
  },
  WRONGTYPE: { verdict: "foreign key", meaning: "a key of Millrace has another type" },
  NOSCRIPT: { verdict: "unknown script", meaning: "the server has not cached the script" },
} as const satisfies Record<string, RedisReply>;

/**
 * The code in an error reply. Inside scripts older servers wrap it: `ERR Error running script (…):
 * @user_script:5: -READONLY You can't write …`.
 */
export function codeOfReply(message: string): string {
  const [first = "ERR"] = message.match(/^[A-Z]+(?= )/) ?? [];
  if (first !== "ERR") return first;
  const wrapped = [...message.matchAll(/[: ]-?([A-Z]{3,}) /g)].map(([, code = ""]) => code);
  return wrapped.find((code) => code in REDIS_REPLIES) ?? "ERR";
}

/** Returns the meaning of the error reply `message`. */
export function redisVerdict(message: string): RedisVerdict {
  const replies: Record<string, RedisReply> = REDIS_REPLIES;
  return replies[codeOfReply(message)]?.verdict ?? "outage";
}
