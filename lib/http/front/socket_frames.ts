/** WebSocket frames, RFC 6455 section 5.2. */
export const OPCODES = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

const FINAL = 0x80;
const MASKED = 0x80;
const RESERVED = 0x70;
const MASK_BYTES = 4;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MAX_LENGTH_16 = 0xffff;
const FIRST_CONTROL = 0x8;

/** Returns an unmasked, final frame of a server. */
export function encodeFrame(opcode: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = payload;
  const head = length < LENGTH_16 ? 2 : length <= MAX_LENGTH_16 ? 4 : 10;
  const frame = new Uint8Array(head + length);
  frame[0] = FINAL | opcode;
  if (head === 2) frame[1] = length;
  else {
    const view = new DataView(frame.buffer);
    frame[1] = head === 4 ? LENGTH_16 : LENGTH_64;
    if (head === 4) view.setUint16(2, length);
    else view.setBigUint64(2, BigInt(length));
  }
  frame.set(payload, head);
  return frame;
}

const PROTOCOL_ERROR = new Uint8Array([1002 >> 8, 1002 & 0xff]);

/**
 * Returns the payload of the response to a close frame: its code, none if it has none, or 1002 if the code is
 * one that no frame may have (RFC 6455 section 7.4), or the reason is not UTF-8.
 */
export function closeReply(payload: Uint8Array): Uint8Array {
  if (payload.length === 0) return payload;
  const code = payload[0]! << 8 | payload[1]!;
  const isCode = code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code) ||
    code >= 3000 && code <= 4999;
  return payload.length > 1 && isCode && isUtf8(payload.subarray(2))
    ? payload.slice(0, 2)
    : PROTOCOL_ERROR;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export interface Frame {
  opcode: number;
  payload: Uint8Array;
}

/** A client violated the protocol or the limits; `code` is the close code. */
export class FrameError extends Error {
  override name = "FrameError";

  constructor(readonly code: 1002 | 1008 | 1009, message: string) {
    super(message);
  }
}

/**
 * Creates a reader of a client's frames, independent of chunk boundaries. Never buffers more than one frame
 * of 125 bytes, the longest control frame: throws a `FrameError` at the header of a longer one, of a fragment
 * or of a frame without a mask.
 */
export function createFrameReader(): (chunk: Uint8Array) => Frame[] {
  let held: Uint8Array = new Uint8Array();

  return (chunk) => {
    const bytes = held.length === 0 ? chunk : concat(held, chunk);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= 2) {
      const size = readHead(bytes, at);
      if (bytes.length - at < 2 + MASK_BYTES + size) break;
      const mask = bytes.subarray(at + 2, at + 2 + MASK_BYTES);
      const start = at + 2 + MASK_BYTES;
      const payload = bytes.slice(start, start + size);
      for (let i = 0; i < size; i++) payload[i]! ^= mask[i % MASK_BYTES]!;
      frames.push({ opcode: bytes[at]! & 0x0f, payload });
      at = start + size;
    }
    held = bytes.slice(at);
    return frames;
  };
}

/** Returns the payload length in the header of the frame at `at`. */
function readHead(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const second = bytes[at + 1]!;
  const opcode = first & 0x0f;
  const length = second & ~MASKED;
  if ((first & RESERVED) !== 0 || (second & MASKED) === 0) {
    throw new FrameError(1002, "a frame has reserved bits, or no mask");
  }
  if (length >= LENGTH_16) throw new FrameError(1009, "a frame is too long");
  if ((first & FINAL) === 0 || opcode === 0) {
    throw new FrameError(1009, "a message is in fragments");
  }
  if (opcode > OPCODES.pong || opcode > 2 && opcode < FIRST_CONTROL) {
    throw new FrameError(1002, "an opcode is unknown");
  }
  return length;
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
