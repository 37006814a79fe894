const DECLARED = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i;

/** Decodes a page: as UTF-8 if valid, else by its declared charset, else as Windows-1252. */
export function decodePage(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4_096));
    const label = DECLARED.exec(head)?.[1]?.toLowerCase() ?? "windows-1252";
    return new TextDecoder(label === "utf-8" ? "utf-8" : label).decode(bytes);
  }
}
