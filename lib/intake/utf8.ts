interface Encoding {
  /** What the transport says, if anything. A byte order mark overrules it. */
  charset: string | null;
  /** Where a document itself says it; looked for in its first 1,024 bytes. */
  declaration?: RegExp;
}

/** Null marks the end of the text. */
type Transcode = (bytes: Uint8Array | null) => Uint8Array;

/**
 * The text behind `body` as UTF-8 without a byte order mark. Bytes that claim to be UTF-8 go
 * through unchecked; other charsets are transcoded, and bytes invalid in them throw.
 */
export async function* utf8(
  body: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  const enough = encoding.declaration ? 1024 : 3;
  let head = new Uint8Array();
  let transcode: Transcode | null = null;
  for await (const chunk of body) {
    if (transcode !== null) {
      yield transcode(chunk);
      continue;
    }
    head = joined(head, chunk);
    if (head.length < enough) continue;
    transcode = transcoder(head, encoding);
    yield transcode(head);
  }
  if (transcode === null) {
    transcode = transcoder(head, encoding);
    yield transcode(head);
  }
  yield transcode(null);
}

/** Whether this runtime can read `charset`. */
export function isKnownCharset(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== "";
  } catch {
    return false;
  }
}

function transcoder(head: Uint8Array, encoding: Encoding): Transcode {
  const charset = charsetOf(head, encoding);
  if (charset === "utf-8") {
    let marked = hasUtf8Mark(head);
    return (bytes) => {
      const text = bytes ?? new Uint8Array();
      if (!marked) return text;
      marked = false;
      return text.subarray(3);
    };
  }
  const decoder = new TextDecoder(charset, { fatal: true });
  const encoder = new TextEncoder();
  return (bytes) => {
    try {
      const text = bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
      return encoder.encode(text);
    } catch (cause) {
      throw new TypeError(`Cannot read the text: it is not ${charset}`, { cause });
    }
  };
}

function charsetOf(head: Uint8Array, { charset, declaration }: Encoding): string {
  if (hasUtf8Mark(head)) return "utf-8";
  if (head[0] === 0xFE && head[1] === 0xFF) return "utf-16be";
  if (head[0] === 0xFF && head[1] === 0xFE) return "utf-16le";
  if (charset !== null) return new TextDecoder(charset).encoding;
  const declared = declaration?.exec(new TextDecoder("latin1").decode(head))?.[1];
  if (declared === undefined || !isKnownCharset(declared)) return "utf-8";
  const { encoding } = new TextDecoder(declared);
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  return encoding.startsWith("utf-16") ? "utf-8" : encoding;
}

function hasUtf8Mark(head: Uint8Array): boolean {
  return head[0] === 0xEF && head[1] === 0xBB && head[2] === 0xBF;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
