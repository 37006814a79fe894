import { Buffer } from "node:buffer";
import { bytesOf } from "./byte_stream.ts";

/** Returns one entry of a tar archive. */
export function tarEntry(name: string, text: string, { type = "0", prefix = "" } = {}): Uint8Array {
  const data = bytesOf(text);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write(type, 156);
  header.write("ustar\x0000", 257);
  header.write(prefix, 345);
  return Buffer.concat([header, data, Buffer.alloc((512 - data.length % 512) % 512)]);
}
