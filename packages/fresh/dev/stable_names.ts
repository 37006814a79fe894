import type { Chunks } from "./chunks.ts";

/** The bundler's names of non-entry chunks, which depend on the folder of the build. */
const HASHED = /\b([\w.]+)-[A-Z0-9]{8}\.js\b/g;

/**
 * Names shared chunks by their content instead of the bundler's hash, which depends on the folder of the
 * build, so that builds are reproducible in any folder.
 */
export async function withStableNames(chunks: Chunks): Promise<Chunks> {
  const texts = new Map(
    [...chunks].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
  const renamed = new Map<string, string>();
  for (const [name, text] of texts) {
    const [, label] = new RegExp(`^${HASHED.source}$`).exec(name) ?? [];
    if (label === undefined) continue;
    // Names of other chunks are excluded from the hash, because chunks may refer to each other.
    const content = new TextEncoder().encode(text.replace(HASHED, "$1.js"));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content)).toHex();
    renamed.set(name, `${label}-${digest.slice(0, 10)}.js`);
  }
  if (new Set(renamed.values()).size < renamed.size) return chunks;
  const named = [...texts].map(([name, text]): [string, string] => [
    renamed.get(name) ?? name,
    text.replace(HASHED, (found) => renamed.get(found) ?? found),
  ]);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(named.map(([name, text]) => [name, new TextEncoder().encode(text)]));
}
