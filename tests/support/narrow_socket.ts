import { Buffer } from "node:buffer";
import { createFrameReader } from "./frame_reader.ts";

const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;
const TCP_MAXSEG = 2;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const MSG_DONTWAIT = 0x40;
/** The TCP segment size on Ethernet. */
const SEGMENT = 1_400;
const RECEIVE_BUFFER = 16_384;
const PIECE = 65_536;
/** An empty frame with a mask of zero. */
const PONG = Uint8Array.of(0x8a, 0x80, 0, 0, 0, 0);

const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

/** A WebSocket client that reads only when it is called. */
export interface NarrowSocket extends Disposable {
  /** Reads up to `most` received bytes; returns the number of bytes read. */
  read(most: number): number;
  /** The last text message read. */
  readonly last: string | null;
  /** The number of text messages read. */
  readonly texts: number;
  /** The code of the close frame, once it has been read. */
  readonly closedWith: number | null;
}

/** Opens narrow sockets. */
export interface NarrowNetwork extends Disposable {
  open(port: number, path: string): Promise<NarrowSocket>;
}

/**
 * Uses system calls to set the segment and buffer sizes of a real network: with the loopback defaults, a
 * server can write 4 MB before it notices that the client does not read. Linux only.
 */
export function openNarrowNetwork(): NarrowNetwork {
  const library = Deno.dlopen("libc.so.6", SYMBOLS);
  const libc = library.symbols;
  const buffer = new Uint8Array(PIECE);

  function connected(port: number): number {
    const socket = libc.socket(AF_INET, SOCK_STREAM, 0);
    const set = (level: number, option: number, value: number) =>
      libc.setsockopt(socket, level, option, new Uint8Array(Int32Array.of(value).buffer), 4);
    const failed = socket < 0 ||
      set(IPPROTO_TCP, TCP_MAXSEG, SEGMENT) !== 0 ||
      set(SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER) !== 0 ||
      libc.connect(socket, loopback(port), 16) !== 0;
    if (failed) throw new Error(`Cannot connect to port ${port}`);
    return socket;
  }

  return {
    async open(port, path) {
      const socket = connected(port);
      const state = { last: null as string | null, texts: 0, closedWith: null as number | null };
      let open = false;
      const take = createFrameReader({
        onOpen: () => open = true,
        onText(payload) {
          state.last = payload.toString();
          state.texts++;
        },
        onPing: () => write(PONG),
        onClose: (code) => state.closedWith = code,
      });

      function write(bytes: Uint8Array<ArrayBuffer>) {
        libc.send(socket, bytes, BigInt(bytes.length), MSG_DONTWAIT);
      }

      function read(most: number): number {
        const wanted = BigInt(Math.min(most, PIECE));
        const length = Number(libc.recv(socket, buffer, wanted, MSG_DONTWAIT));
        if (length > 0) take(Buffer.from(buffer.subarray(0, length)));
        return Math.max(0, length);
      }

      write(new TextEncoder().encode(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
          "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
          "Sec-WebSocket-Version: 13\r\n\r\n",
      ));
      while (!open) {
        if (read(PIECE) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return {
        read,
        get last() {
          return state.last;
        },
        get texts() {
          return state.texts;
        },
        get closedWith() {
          return state.closedWith;
        },
        [Symbol.dispose]: () => void libc.close(socket),
      };
    },
    [Symbol.dispose]: () => library.close(),
  };
}

/** The `sockaddr_in` of 127.0.0.1. */
function loopback(port: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(16);
  bytes[0] = AF_INET;
  new DataView(bytes.buffer).setUint16(2, port);
  bytes.set([127, 0, 0, 1], 4);
  return bytes;
}
