import { basename } from "node:path";
import { byName } from "../../lib/intake/format_name.ts";
import { isPattern, matchFiles } from "./match_files.ts";

/** A source to send: a file, a URL's content or standard input. */
export interface Source {
  /** The displayed name, also the import's name. */
  name: string;
  /** In bytes; null if unknown. */
  size: number | null;
  contentType: string | null;
  /** The URL from which it was fetched. */
  address: string | null;
  /** Opens a new stream each time. */
  open(): Promise<ReadableStream<Uint8Array>>;
}

/**
 * Returns the sources of the arguments, in order: `-`, URLs, files, folders with all files in a supported format
 * by extension, and patterns. Throws an error that names a missing one.
 */
export async function findSources(args: readonly string[]): Promise<Source[]> {
  const found = await Promise.all(args.map(async (arg) => {
    if (arg === "-") return [standardInput()];
    if (/^https?:\/\//i.test(arg)) return [addressed(arg)];
    return await inFiles(arg);
  }));
  return found.flat();
}

async function inFiles(path: string): Promise<Source[]> {
  const info = await Deno.stat(path).catch(() => null);
  if (info?.isFile) return [file(path, path, info.size)];
  if (info?.isDirectory) return await inFolder(path, path);
  if (isPattern(path)) {
    const sources = (await Promise.all((await matchFiles(path)).map(inFiles))).flat();
    if (sources.length > 0) return sources;
  }
  throw new Error(`Cannot import ${path}: there is no such file`);
}

async function inFolder(root: string, folder: string): Promise<Source[]> {
  const entries = (await Array.fromAsync(Deno.readDir(folder)))
    .filter(({ name }) => !name.startsWith("."))
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const found = await Promise.all(entries.map(async ({ name, isDirectory, isFile }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return await inFolder(root, path);
    const isKnown = byName(name).format !== null || /\.zip$/i.test(name);
    if (!isFile || !isKnown) return [];
    return [file(path, path.slice(root.length + 1), (await Deno.stat(path)).size)];
  }));
  if (folder === root && found.flat().length === 0) {
    throw new Error(`Cannot import ${root}: no file in it is named like one that holds articles`);
  }
  return found.flat();
}

function file(path: string, shown: string, size: number): Source {
  return {
    name: shown === path ? basename(path) : shown,
    size,
    contentType: null,
    address: null,
    open: async () => (await Deno.open(path)).readable,
  };
}

function standardInput(): Source {
  return {
    name: "-",
    size: null,
    contentType: null,
    address: null,
    open: () => Promise.resolve(Deno.stdin.readable),
  };
}

function addressed(address: string): Source {
  const source: Source = {
    name: basename(new URL(address).pathname) || new URL(address).host,
    size: null,
    contentType: null,
    address,
    async open() {
      const response = await fetch(address);
      if (!response.ok || response.body === null) {
        throw new Error(`Cannot import ${address}: the server responded with ${response.status}`);
      }
      source.contentType = response.headers.get("content-type");
      return response.body;
    },
  };
  return source;
}
