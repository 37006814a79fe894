// Many sockets in one process, which read as cheaply as can be and note when they see which status.
//
// It connects a few sockets and says so; then it obeys what it is told, a line each: `connect` the
// rest, `begin` to count anew, say when all have seen status `until N`, `report` what was counted.

import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import process from "node:process";
import { createFrameReader } from "../../tests/support/frame_reader.ts";

const FIRST = 10;
const AT_ONCE = 100;
/** Delays are counted in steps of a tenth of a millisecond, up to a minute. */
const STEPS_A_MS = 10;
const MOST_STEPS = 600_000;

const { PORT, ADDRESS = "/", COUNT, SPEAKS } = process.env;
const count = Number(COUNT);

/** Empty, with a mask of zero. */
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/** All sockets read into it, one at a time. */
const shared = Buffer.alloc(256 * 1024);
const delays = new Uint32Array(MOST_STEPS);
let deliveries = 0;
let wanted = 0;
let missing = 0;

interface Seat {
  /** The last status that it saw, and when that was published. */
  seq: number;
  at: number;
}

const seats: Seat[] = [];

/** A status counts as seen by all numbers up to its own: one that was passed over is seen with the next. */
function see(seat: Seat, payload: Buffer) {
  deliveries++;
  const tail = payload.toString("latin1", Math.max(0, payload.length - 60));
  const found = /"seq":(\d{1,9}),"at":([\d.]+)/.exec(tail);
  if (found === null) return;
  const seq = Number(found[1]);
  const at = Number(found[2]);
  const now = performance.timeOrigin + performance.now();
  if (seat.seq > 0) {
    const between = (at - seat.at) / (seq - seat.seq);
    for (let each = seat.seq + 1; each <= seq; each++) {
      const delay = now - (at - (seq - each) * between);
      delays[Math.min(MOST_STEPS - 1, Math.max(0, Math.round(delay * STEPS_A_MS)))]!++;
    }
  }
  if (seat.seq < wanted && seq >= wanted && --missing === 0) say("seen");
  seat.seq = seq;
  seat.at = at;
}

function sit(): Promise<void> {
  const seat: Seat = { seq: 0, at: 0 };
  return new Promise((resolve, reject) => {
    const read = createFrameReader({
      onOpen() {
        if (SPEAKS !== "socket.io") seated();
      },
      onText: hear,
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

    function seated() {
      seats.push(seat);
      resolve();
    }

    function hear(payload: Buffer) {
      if (SPEAKS !== "socket.io") return see(seat, payload);
      const kind = payload.toString("latin1", 0, 2);
      if (kind.startsWith("0")) socket.write(masked("40"));
      else if (kind === "40") seated();
      else if (kind === "2") socket.write(masked("3"));
      else see(seat, payload);
    }
  });
}

function handshake(): string {
  return `GET ${ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nUpgrade: websocket\r\n` +
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
    "Sec-WebSocket-Version: 13\r\n\r\n";
}

/** A short text as a client sends it; the mask is zero. */
function masked(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

async function fill(until: number) {
  while (seats.length < until) {
    const length = Math.min(AT_ONCE, until - seats.length);
    await Promise.all(Array.from({ length }, sit));
  }
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}

function obey(order: string, seq: number) {
  switch (order) {
    case "begin":
      delays.fill(0);
      deliveries = 0;
      return say("begun");
    case "until":
      wanted = seq;
      missing = seats.filter((seat) => seat.seq < wanted).length;
      if (missing === 0) say("seen");
      return;
    case "report": {
      const counted: [number, number][] = [];
      for (const [step, times] of delays.entries()) {
        if (times > 0) counted.push([step / STEPS_A_MS, times]);
      }
      return say(JSON.stringify({ deliveries, delays: counted }));
    }
  }
}

await fill(FIRST);
say("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [order = "", seq] = line.split(" ");
  if (order === "connect") {
    await fill(count);
    say("connected");
  } else obey(order, Number(seq));
}
process.exit(0);
