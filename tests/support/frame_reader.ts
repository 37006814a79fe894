import { Buffer } from "node:buffer";

const HEAD_END = Buffer.from("\r\n\r\n");
const PING = 9;
const CLOSE = 8;

/** Callbacks of a reader; a payload is valid only during the call. */
export interface FrameEvents {
  onOpen(): void;
  onText(payload: Buffer): void;
  onPing(): void;
  onClose(code: number): void;
}

/** Parses the frames that a WebSocket server sends, chunk by chunk. */
export function createFrameReader(events: FrameEvents): (piece: Buffer) => void {
  let open = false;
  let rest: Buffer | null = null;

  return (piece) => {
    let data = rest === null ? piece : Buffer.concat([rest, piece]);
    if (!open) {
      const end = data.indexOf(HEAD_END);
      if (end !== -1) {
        if (!data.subarray(0, 12).toString("latin1").endsWith("101")) {
          throw new Error(`Refused: ${data.toString("latin1")}`);
        }
        open = true;
        events.onOpen();
        data = data.subarray(end + HEAD_END.length);
      }
    }
    let at = 0;
    while (open) {
      const frame = frameAt(data, at);
      if (frame === null) break;
      if (frame.opcode === PING) events.onPing();
      else if (frame.opcode === CLOSE) events.onClose(data.readUInt16BE(frame.start));
      else events.onText(data.subarray(frame.start, frame.end));
      at = frame.end;
    }
    // The caller reuses the chunk's memory.
    rest = at === data.length ? null : Buffer.from(data.subarray(at));
  };
}

interface Frame {
  opcode: number;
  start: number;
  end: number;
}

function frameAt(data: Buffer, at: number): Frame | null {
  if (data.length < at + 2) return null;
  const short = data[at + 1]! & 0x7f;
  const start = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
  if (data.length < start) return null;
  const length = short === 126
    ? data.readUInt16BE(at + 2)
    : short === 127
    ? Number(data.readBigUInt64BE(at + 2))
    : short;
  const opcode = data[at]! & 0x0f;
  return data.length < start + length ? null : { opcode, start, end: start + length };
}
