// Many client sockets in one process, which read with as little work as possible and record the delay
// of each status.
//
// The process connects a few sockets and writes `ready`. It then executes commands, one per line:
// `connect` the others, `reset` the counts, `until N` waits until all have seen status N, `report`
// writes the counts.

import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import process from "node:process";
import { createFrameReader } from "../../tests/support/frame_reader.ts";

const FIRST = 10;
const CONCURRENT_CONNECTS = 100;
/** The histogram's resolution is a tenth of a millisecond, up to a minute. */
const STEPS_A_MS = 10;
const MAX_STEPS = 600_000;

const { PORT, ADDRESS = "/", COUNT, PROTOCOL } = process.env;
const count = Number(COUNT);

/** An empty pong with a zero mask. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/** The receive buffer shared by all sockets; they read one at a time. */
const shared = Buffer.alloc(256 * 1024);
const delays = new Uint32Array(MAX_STEPS);
let deliveries = 0;
let wanted = 0;
let missing = 0;

interface Client {
  /** The last status received, and when it was published. */
  seq: number;
  at: number;
}

const clients: Client[] = [];

/** Records the delays of all statuses up to the received one: a skipped status counts as seen with the next. */
function record(client: Client, payload: Buffer) {
  deliveries++;
  const tail = payload.toString("latin1", Math.max(0, payload.length - 60));
  const found = /"seq":(\d{1,9}),"at":([\d.]+)/.exec(tail);
  if (found === null) return;
  const seq = Number(found[1]);
  const at = Number(found[2]);
  const now = performance.timeOrigin + performance.now();
  if (client.seq > 0) {
    const between = (at - client.at) / (seq - client.seq);
    for (let each = client.seq + 1; each <= seq; each++) {
      const delay = now - (at - (seq - each) * between);
      delays[Math.min(MAX_STEPS - 1, Math.max(0, Math.round(delay * STEPS_A_MS)))]!++;
    }
  }
  if (client.seq < wanted && seq >= wanted && --missing === 0) writeLine("seen");
  client.seq = seq;
  client.at = at;
}

function openSocket(): Promise<void> {
  const client: Client = { seq: 0, at: 0 };
  return new Promise((resolve, reject) => {
    const read = createFrameReader({
      onOpen() {
        if (PROTOCOL !== "socket.io") connected();
      },
      onText: onText,
      onPing: () => void socket.write(PONG),
      onClose: (code) => reject(new Error(`Closed with ${code}`)),
    });
    const socket: Socket = connect({
      host: "127.0.0.1",
      port: Number(PORT),
      onread: {
        buffer: shared,
        callback(length: number, buffer: Uint8Array) {
          read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    socket.on("error", reject);
    socket.on("connect", () => socket.write(handshake()));

    function connected() {
      clients.push(client);
      resolve();
    }

    function onText(payload: Buffer) {
      if (PROTOCOL !== "socket.io") return record(client, payload);
      const kind = payload.toString("latin1", 0, 2);
      if (kind.startsWith("0")) socket.write(masked("40"));
      else if (kind === "40") connected();
      else if (kind === "2") socket.write(masked("3"));
      else record(client, payload);
    }
  });
}

function handshake(): string {
  return `GET ${ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nUpgrade: websocket\r\n` +
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
    "Sec-WebSocket-Version: 13\r\n\r\n";
}

/** Returns a short text frame of a client, with a zero mask. */
function masked(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

async function connectUntil(until: number) {
  while (clients.length < until) {
    const length = Math.min(CONCURRENT_CONNECTS, until - clients.length);
    await Promise.all(Array.from({ length }, openSocket));
  }
}

function writeLine(line: string) {
  process.stdout.write(`${line}\n`);
}

function execute(command: string, seq: number) {
  switch (command) {
    case "reset":
      delays.fill(0);
      deliveries = 0;
      return writeLine("reset");
    case "until":
      wanted = seq;
      missing = clients.filter((client) => client.seq < wanted).length;
      if (missing === 0) writeLine("seen");
      return;
    case "report": {
      const counted: [number, number][] = [];
      for (const [step, times] of delays.entries()) {
        if (times > 0) counted.push([step / STEPS_A_MS, times]);
      }
      return writeLine(JSON.stringify({ deliveries, delays: counted }));
    }
  }
}

await connectUntil(FIRST);
writeLine("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [command = "", seq] = line.split(" ");
  if (command === "connect") {
    await connectUntil(count);
    writeLine("connected");
  } else execute(command, Number(seq));
}
process.exit(0);
