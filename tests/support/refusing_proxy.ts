import { Buffer } from "node:buffer";
import net from "node:net";

/** A proxy to a server that injects error replies. */
export interface RefusingProxy extends AsyncDisposable {
  readonly port: number;
  /** Replies to each further command with this error; null: forwards commands. */
  refuse(refusal: Refusal | null): void;
}

/** An error reply: to each command, or to each new connection as well. */
export interface Refusal {
  code: string;
  message: string;
  /** The bytes of the reply, which are no error; only for Redis. */
  raw?: string;
  toConnections?: boolean;
  /** Only statements that match; default all. */
  only?: RegExp;
}

const NOTHING = Buffer.alloc(0);
/** The message `ReadyForQuery` of Postgres. */
const READY = Buffer.from("Z\0\0\0\x05I", "latin1");

function concerns({ only }: Refusal, text: string): boolean {
  return only === undefined || only.test(text);
}

/** Parses the bytes of one client in a protocol. */
interface Reader {
  /** Splits off the first complete message; null while it is incomplete. */
  next(held: Buffer): Buffer | null;
  /** The reply in place of a message, which may be empty; null: the message is forwarded. */
  replyTo(message: Buffer, refusal: Refusal | null): Buffer | null;
  /** The reply to a new connection. */
  greeting(refusal: Refusal): Buffer;
}

/** Forwards connections to the Postgres at `port`. */
export function startRefusingPostgres(port: number): Promise<RefusingProxy> {
  return startProxy(port, createPostgresReader);
}

/** Forwards connections to the Redis at `port`. */
export function startRefusingRedis(port: number): Promise<RefusingProxy> {
  return startProxy(port, createRedisReader);
}

async function startProxy(port: number, createReader: () => Reader): Promise<RefusingProxy> {
  const sockets = new Set<net.Socket>();
  let refusal: Refusal | null = null;

  function own(socket: net.Socket): net.Socket {
    sockets.add(socket);
    // The tests cut connections on both sides.
    return socket.on("error", () => {}).once("close", () => sockets.delete(socket));
  }

  const server = net.createServer((accepted) => {
    const client = own(accepted);
    const reader = createReader();
    if (refusal?.toConnections) {
      client.once("data", () => refusal !== null && client.end(reader.greeting(refusal)));
      return;
    }
    const upstream = own(net.connect(port, "127.0.0.1"));
    client.once("close", () => upstream.destroy());
    upstream.once("close", () => client.destroy());
    upstream.pipe(client);
    let held = Buffer.alloc(0);
    client.on("data", (piece) => {
      held = Buffer.concat([held, piece as Buffer]);
      for (let message = reader.next(held); message !== null; message = reader.next(held)) {
        held = held.subarray(message.length);
        const reply = reader.replyTo(message, refusal);
        if (reply === null) upstream.write(message);
        else client.write(reply);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    refuse: (next) => void (refusal = next),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Frontend messages of the Postgres protocol 3.0: a type, a length and a payload. */
function createPostgresReader(): Reader {
  const texts = new Map<string, string>();
  let isStarted = false;
  /** Whether messages up to the next Sync belong to a refused statement. */
  let isRefusing = false;

  function strings(message: Buffer): string[] {
    return message.subarray(5).toString("latin1").split("\0", 2);
  }

  return {
    next(held) {
      const at = isStarted ? 1 : 0;
      if (held.length < at + 4) return null;
      const length = at + held.readInt32BE(at);
      if (held.length < length) return null;
      return held.subarray(0, length);
    },
    replyTo(message, refusal) {
      if (!isStarted) {
        isStarted = true;
        return null;
      }
      const type = String.fromCharCode(message[0]!);
      const [first = "", second = ""] = strings(message);
      if (type === "P") texts.set(first, second);
      if (isRefusing) {
        if (type !== "S") return NOTHING;
        isRefusing = false;
        return READY;
      }
      const text = { P: second, B: texts.get(second), Q: first }[type];
      if (text === undefined || refusal === null || !concerns(refusal, text)) return null;
      if (type === "Q") return Buffer.concat([errorResponse(refusal), READY]);
      isRefusing = true;
      return errorResponse(refusal);
    },
    greeting: errorResponse,
  };
}

function errorResponse({ code, message }: Refusal): Buffer {
  const given = [["S", "ERROR"], ["V", "ERROR"], ["C", code], ["M", message]];
  const fields = given.map(([type, text]) => `${type}${text}\0`).join("") + "\0";
  const header = Buffer.alloc(5);
  header.write("E", "latin1");
  header.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([header, Buffer.from(fields)]);
}

/** Redis commands: arrays of bulk strings. */
function createRedisReader(): Reader {
  const reply = ({ code, message, raw = `-${code} ${message}\r\n` }: Refusal) => Buffer.from(raw);

  /** The end of the line that starts at `at`; -1 while it is incomplete. */
  function lineEnd(held: Buffer, at: number): number {
    const end = held.indexOf("\r\n", at);
    return end === -1 ? -1 : end + 2;
  }

  return {
    next(held) {
      let at = lineEnd(held, 0);
      if (at === -1) return null;
      const count = Number(held.subarray(1, at - 2).toString("latin1"));
      for (let i = 0; i < count; i++) {
        const end = lineEnd(held, at);
        if (end === -1) return null;
        at = end + Number(held.subarray(at + 1, end - 2).toString("latin1")) + 2;
        if (at > held.length) return null;
      }
      return held.subarray(0, at);
    },
    replyTo: (message, refusal) =>
      refusal !== null && concerns(refusal, message.toString("latin1")) ? reply(refusal) : null,
    greeting: reply,
  };
}
